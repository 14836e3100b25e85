package dev.berth.operator.status;

import static java.util.Objects.requireNonNullElse;

import dev.berth.crds.Condition;
import dev.berth.operator.placement.Eviction;
import dev.berth.operator.placement.PlacementId;
import dev.berth.operator.placement.PlacementState.Releasing;
import dev.berth.operator.plan.Situation;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Optional;

/** Why the scheduler took hardware back, until all of it is placed again. */
final class EvictionWords {
  private EvictionWords() {}

  /** As the scheduler tells it now, or as the status wrote it down. */
  static Optional<Assessment.Note> of(Situation situation) {
    return situation.observed().placements().stream()
        .flatMap(p -> p.state() instanceof Releasing r ? r.eviction().stream() : null)
        .max(Comparator.comparing(Eviction::at))
        .map(EvictionWords::note)
        .or(() -> situation.recorded().preempted().map(EvictionWords::note));
  }

  private static Assessment.Note note(Condition before) {
    return new Assessment.Note(
        true, before.reason(), requireNonNullElse(before.message(), "its hardware was taken back"));
  }

  private static Assessment.Note note(Eviction eviction) {
    boolean reclaimed = eviction.kind().equals("RECLAIMED");
    return new Assessment.Note(
        true,
        reclaimed ? "Reclaimed" : "Preempted",
        "its hardware was taken back at %s for %s, %s"
            .formatted(
                eviction.at().truncatedTo(ChronoUnit.SECONDS),
                whom(eviction.by()),
                reclaimed ? "whose queue wanted its quota back" : "which has a higher priority"));
  }

  private static String whom(String placement) {
    return PlacementId.parse(placement)
        .map(PlacementId::owner)
        .map(o -> "%s %s/%s".formatted(o.kind().kind(), o.namespace(), o.name()))
        .orElse("placement " + placement);
  }
}
