package dev.berth.operator.status;

import dev.berth.crds.PlacementStatus;
import dev.berth.crds.Waiting;
import dev.berth.operator.placement.Lease;
import dev.berth.operator.placement.Placement;
import dev.berth.operator.placement.PlacementState;
import dev.berth.operator.placement.PlacementState.Placed;
import dev.berth.operator.placement.PlacementState.Rejected;
import dev.berth.operator.placement.PlacementState.Releasing;
import dev.berth.operator.placement.PlacementState.Unconfirmed;
import dev.berth.operator.placement.Reason;
import dev.berth.operator.plan.Recorded;
import dev.berth.operator.plan.Situation;
import dev.berth.operator.resolve.Resolution.Resolved;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the placements of a workload mean for its status. */
final class PlacementWords {
  static final Assessment.Placed NOTHING_TO_PLACE =
      new Assessment.Placed(false, "ConfigError", "The configuration has to be corrected first");

  private PlacementWords() {}

  /** Why the wanted revision does not hold all its hardware; empty when it does. */
  static Optional<Verdict> unplaced(Situation situation, List<Placement> placements) {
    Stream<Verdict> verdicts = placements.stream().flatMap(p -> unplaced(situation, p).stream());
    return verdicts
        .min(Comparator.comparing(v -> v.phase().ordinal()))
        .or(() -> missing(situation, placements));
  }

  private static Optional<Verdict> unplaced(Situation situation, Placement placement) {
    return switch (placement.state()) {
      case Rejected rejected -> Optional.of(rejected(rejected));
      case PlacementState.Waiting waiting -> Optional.of(waiting(situation, waiting));
      case Unconfirmed unconfirmed -> Optional.of(unreachable(unconfirmed.message()));
      case Placed placed -> Optional.empty();
      case Releasing releasing -> Optional.empty();
    };
  }

  private static Verdict rejected(Rejected rejected) {
    boolean noNodes = rejected.reasons().stream().anyMatch(r -> r.code().equals(Reason.NO_NODES));
    return new Verdict(
        noNodes ? Phase.PENDING : Phase.CONFIG_ERROR,
        noNodes ? "Unschedulable" : "Rejected",
        lines(rejected.reasons()));
  }

  private static Verdict waiting(Situation situation, PlacementState.Waiting waiting) {
    String queue = lines(waiting.reasons()) + "; position " + waiting.position() + " in the queue";
    return EvictionWords.of(situation)
        .map(why -> new Verdict(Phase.PENDING, why.reason(), queue).because(why.message()))
        .orElseGet(() -> new Verdict(Phase.PENDING, "Unschedulable", queue));
  }

  private static Verdict unreachable(String message) {
    return new Verdict(
        Phase.PENDING, "SchedulerUnreachable", "No scheduler answers; trying on: " + message);
  }

  private static Optional<Verdict> missing(Situation situation, List<Placement> placements) {
    if (placements.size() >= situation.workload().wish().slots().size()) {
      return Optional.empty();
    }
    return situation.observed().placementsKnown()
        ? Optional.of(
            new Verdict(Phase.STARTING, Verdict.PLACING, "Asking the scheduler for hardware"))
        : Optional.of(unreachable("its placements are not known yet"));
  }

  static Assessment.Placed placed(Situation situation, Resolved wanted) {
    List<Placement> placements = situation.standing(wanted);
    if (situation.timedOut(wanted)) {
      return new Assessment.Placed(
          false, Recorded.STARTUP_TIMEOUT, "It did not start in time; its hardware is given back");
    }
    return switch (situation.workload().wish().run()) {
      case PAUSED -> new Assessment.Placed(false, "Paused", "Paused");
      case SLEEPING -> new Assessment.Placed(false, "Sleeping", "Asleep");
      case STOPPED -> new Assessment.Placed(false, "Stopped", "Zero replicas");
      case RUN ->
          unplaced(situation, placements)
              .map(v -> new Assessment.Placed(false, code(placements, v), v.message()))
              .orElseGet(() -> new Assessment.Placed(true, "Placed", where(placements)));
    };
  }

  /** The scheduler's own reason code where there is one. */
  private static String code(List<Placement> placements, Verdict otherwise) {
    return placements.stream()
        .flatMap(p -> reasons(p.state()).stream())
        .map(Reason::code)
        .findFirst()
        .orElse(otherwise.reason());
  }

  private static List<Reason> reasons(PlacementState state) {
    return switch (state) {
      case Rejected rejected -> rejected.reasons();
      case PlacementState.Waiting waiting -> waiting.reasons();
      case Placed placed -> List.of();
      case Unconfirmed unconfirmed -> List.of();
      case Releasing releasing -> List.of();
    };
  }

  static String where(List<Placement> placements) {
    return leases(placements)
        .map(lease -> devices(lease) + " on node " + lease.node())
        .collect(Collectors.joining(", "));
  }

  private static String devices(Lease lease) {
    return lease.devices().stream().map(Lease.Device::name).collect(Collectors.joining("+"));
  }

  static List<PlacementStatus> list(Situation situation) {
    return leases(situation.observed().placements())
        .map(
            lease ->
                new PlacementStatus(
                    lease.id(),
                    lease.node(),
                    lease.devices().stream().map(Lease.Device::name).toList()))
        .sorted(Comparator.comparing(PlacementStatus::id))
        .toList();
  }

  private static Stream<Lease> leases(List<Placement> placements) {
    return placements.stream()
        .flatMap(p -> p.state() instanceof Placed placed ? placed.leases().stream() : Stream.of());
  }

  static Optional<Waiting> waiting(Situation situation, Resolved wanted) {
    return situation.standing(wanted).stream()
        .filter(p -> p.state() instanceof PlacementState.Waiting)
        .map(p -> (PlacementState.Waiting) p.state())
        .min(Comparator.comparingInt(PlacementState.Waiting::position))
        .map(w -> new Waiting(w.position(), w.reasons().stream().map(Reason::line).toList()));
  }

  private static String lines(List<Reason> reasons) {
    return reasons.isEmpty()
        ? "no reason given"
        : reasons.stream().map(Reason::line).collect(Collectors.joining("; "));
  }

  /** "30m", "1h30m". */
  static String words(Duration duration) {
    return duration.toString().substring(2).toLowerCase(Locale.ROOT);
  }
}
