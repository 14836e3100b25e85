package dev.berth.scheduler.wire;

import dev.berth.api.scheduler.v1.EvictionKind;
import dev.berth.scheduler.core.model.Eviction;
import dev.berth.scheduler.core.model.Nomination;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Why placements were taken back, and what is kept for whom. */
final class Evictions {
  private Evictions() {}

  static dev.berth.api.scheduler.v1.Eviction write(Eviction eviction) {
    return dev.berth.api.scheduler.v1.Eviction.newBuilder()
        .setKind(
            switch (eviction.kind()) {
              case PREEMPTED -> EvictionKind.PREEMPTED;
              case RECLAIMED -> EvictionKind.RECLAIMED;
            })
        .setBy(eviction.by())
        .setAtUnixNanos(eviction.atNanos())
        .setMessage(message(eviction))
        .build();
  }

  private static String message(Eviction eviction) {
    return switch (eviction.kind()) {
      case PREEMPTED ->
          "Taken back for placement %s, which has a higher priority. Place it again under a new id to wait for room."
              .formatted(eviction.by());
      case RECLAIMED ->
          "Taken back for placement %s: this queue used quota of others, and they want it back. Place it again under a new id to wait for quota."
              .formatted(eviction.by());
    };
  }

  static @Nullable Eviction read(dev.berth.api.scheduler.v1.Placement wire) {
    if (!wire.hasEviction()) {
      return null;
    }
    Eviction.Kind kind =
        wire.getEviction().getKind() == EvictionKind.RECLAIMED
            ? Eviction.Kind.RECLAIMED
            : Eviction.Kind.PREEMPTED;
    return new Eviction(kind, wire.getEviction().getBy(), wire.getEviction().getAtUnixNanos());
  }

  static dev.berth.api.scheduler.v1.Nomination write(Nomination nomination) {
    return dev.berth.api.scheduler.v1.Nomination.newBuilder()
        .addAllLeases(nomination.leases().stream().map(Placements::write).toList())
        .addAllVictims(nomination.victims().stream().sorted().toList())
        .setAtUnixNanos(nomination.atNanos())
        .build();
  }

  static @Nullable Nomination nomination(dev.berth.api.scheduler.v1.Placement wire) {
    return wire.hasNomination()
        ? new Nomination(
            wire.getNomination().getLeasesList().stream().map(Placements::lease).toList(),
            Set.copyOf(wire.getNomination().getVictimsList()),
            wire.getNomination().getAtUnixNanos())
        : null;
  }
}
