package dev.berth.operator.status;

import dev.berth.operator.placement.Placement;
import dev.berth.operator.placement.PlacementState.Placed;
import dev.berth.operator.plan.Recorded;
import dev.berth.operator.plan.Situation;
import dev.berth.operator.plan.Succession;
import dev.berth.operator.resolve.Resolution.Resolved;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What status says of fallbacks and of moves. */
final class SuccessionWords {
  private SuccessionWords() {}

  /** Empty unless fallbacks are allowed and something is placed. */
  static Optional<Assessment.Note> fallback(Situation situation, Resolved wanted) {
    List<Placement> placed =
        situation.standing(wanted).stream().filter(p -> p.state() instanceof Placed).toList();
    if (wanted.policy().fallbacks().isEmpty() || placed.isEmpty()) {
      return Optional.empty();
    }
    List<Placement> other =
        placed.stream().filter(p -> !p.flavor().equals(wanted.flavor())).toList();
    return Optional.of(
        other.isEmpty()
            ? new Assessment.Note(false, "AsAsked", "Runs on " + wanted.flavor() + " as asked")
            : onFallback(situation, wanted, placed.size(), other));
  }

  private static Assessment.Note onFallback(
      Situation situation, Resolved wanted, int placed, List<Placement> other) {
    String runs =
        "%d of %d placements run on %s, not on %s"
            .formatted(
                other.size(),
                placed,
                other.stream().map(Placement::flavor).distinct().collect(Collectors.joining(", ")),
                wanted.flavor());
    if (failed(situation, wanted)) {
      return new Assessment.Note(
          true,
          Recorded.RETURN_FAILED,
          "%s; there it was not ready within %s; change the spec to try again"
              .formatted(runs, PlacementWords.words(wanted.startupTimeout())));
    }
    if (returning(situation, wanted)) {
      return new Assessment.Note(true, "Returning", runs + " until it is ready there");
    }
    return new Assessment.Note(
        true,
        "OnFallback",
        situation.workload().wish().scheduling().returnWhenFree()
            ? runs + "; it goes back when that is free"
            : runs + "; it stays, as returnWhenFree is false");
  }

  private static boolean failed(Situation situation, Resolved wanted) {
    return situation.recorded().returnHasFailed(situation.workload().generation())
        || situation.returnOverdue(wanted);
  }

  private static boolean returning(Situation situation, Resolved wanted) {
    return situation.successions(wanted).stream()
        .flatMap(s -> s.successor().stream())
        .anyMatch(p -> p.id().isReturn());
  }

  /** Present while the scheduler has a placement moved. */
  static Optional<Assessment.Note> move(Situation situation, Resolved wanted) {
    return situation.successions(wanted).stream()
        .filter(s -> s.successor().filter(p -> p.id().isMove()).isPresent())
        .findFirst()
        .map(SuccessionWords::moving);
  }

  private static Assessment.Note moving(Succession slot) {
    return new Assessment.Note(
        true,
        "Defragmentation",
        "The scheduler moves it to %s; %s is let go when it is ready there"
            .formatted(
                PlacementWords.where(slot.successor().stream().toList()),
                PlacementWords.where(slot.current().stream().toList())));
  }
}
