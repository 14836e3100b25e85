package dev.berth.operator.plan;

import dev.berth.operator.placement.Placement;
import dev.berth.operator.resolve.Resolution;
import dev.berth.operator.resolve.Resolution.Resolved;
import dev.berth.operator.workload.Run;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * From a situation to the next actions. Pure: the same situation gives the same plan but for the
 * nonces of new placements.
 */
public final class Planner {
  private Planner() {}

  /** {@code nonces} gives short texts that never repeat. */
  public static Plan plan(Situation situation, Supplier<String> nonces) {
    Draft draft = new Draft(situation);
    if (situation.workload().deleting()) {
      situation.observed().service().ifPresent(s -> draft.add(new Action.DeleteService(s.name())));
    } else {
      switch (situation.resolution()) {
        case Resolution.Unresolved unresolved -> holdWhatServes(draft);
        case Resolved resolved -> pursue(draft, resolved, nonces);
      }
    }
    if (situation.observed().placementsKnown()) {
      TearDown.everythingElse(draft);
    }
    return draft.plan();
  }

  private static void pursue(Draft draft, Resolved wanted, Supplier<String> nonces) {
    if (draft.situation.workload().wish().run() == Run.RUN) {
      Rollout.advance(draft, wanted, nonces);
    } else {
      Rollout.pointService(draft, wanted, Optional.empty());
    }
  }

  /** The wish cannot be met: what serves goes on serving, everything else goes. */
  private static void holdWhatServes(Draft draft) {
    Situation situation = draft.situation;
    if (situation.workload().wish().run() != Run.RUN) {
      return;
    }
    situation
        .recorded()
        .serving()
        .or(() -> situation.observed().service().map(ServiceView::revision))
        .filter(revision -> situation.hasServed(revision) || serves(situation, revision))
        .map(situation::inUse)
        .ifPresent(all -> all.stream().map(Placement::id).forEach(draft::keep));
  }

  private static boolean serves(Situation situation, String revision) {
    return !situation.observed().servingPods(revision).isEmpty();
  }
}
