package dev.berth.operator.plan;

import dev.berth.operator.placement.Placement;
import dev.berth.operator.placement.PlacementState.Placed;
import dev.berth.operator.placement.PlacementState.Rejected;
import dev.berth.operator.placement.PlacementState.Releasing;
import dev.berth.operator.placement.PlacementState.Unconfirmed;
import dev.berth.operator.placement.PlacementState.Waiting;
import java.util.List;

/**
 * Removes whatever is not kept, in the order that leaks nothing: pods, wait until they are gone,
 * claims, and last the placement.
 */
final class TearDown {
  private TearDown() {}

  static void everythingElse(Draft draft) {
    Observed observed = draft.situation.observed();
    observed.pods().stream()
        .filter(pod -> !draft.keeps(pod.placement()) && pod.deletingSince().isEmpty())
        .forEach(pod -> draft.add(new Action.DeletePod(pod.name())));
    observed.claims().stream()
        .filter(claim -> !draft.keeps(claim.placement()) && !claim.deleting())
        .filter(claim -> podsGone(draft, claim.placement()))
        .forEach(claim -> draft.add(new Action.DeleteClaim(claim.name())));
    observed.placements().stream()
        .filter(placement -> !draft.keeps(placement.id()) && releasable(draft, placement))
        .forEach(placement -> draft.add(new Action.Release(placement.id())));
  }

  private static boolean releasable(Draft draft, Placement placement) {
    return switch (placement.state()) {
      case Placed placed -> podsGone(draft, placement.id().toString());
      case Waiting waiting -> true;
      case Rejected rejected -> true;
      case Unconfirmed unconfirmed -> draft.due(unconfirmed.at().plus(Slots.REPEAT_CALL));
      case Releasing releasing -> false;
    };
  }

  private static boolean podsGone(Draft draft, String placement) {
    List<PodView> pods =
        draft.situation.observed().pods().stream()
            .filter(pod -> pod.placement().equals(placement))
            .toList();
    return pods.stream().allMatch(draft::lost);
  }
}
