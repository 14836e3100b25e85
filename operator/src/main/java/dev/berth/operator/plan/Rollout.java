package dev.berth.operator.plan;

import dev.berth.crds.UpdateStrategy;
import dev.berth.operator.placement.Placement;
import dev.berth.operator.resolve.Resolution.Resolved;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Brings the wanted revision up. While another revision serves and the strategy is rolling, that
 * one keeps its placements until the Service points at the wanted one.
 */
final class Rollout {
  private Rollout() {}

  static void advance(Draft draft, Resolved wanted, Supplier<String> nonces) {
    Situation situation = draft.situation;
    Optional<String> former = former(situation, wanted);
    former
        .map(situation::inUse)
        .ifPresent(all -> all.stream().map(Placement::id).forEach(draft::keep));
    boolean complete = situation.complete(wanted.revision());
    pointService(draft, wanted, former.filter(revision -> !complete));
    if (situation.observed().placementsKnown() && !situation.timedOut(wanted)) {
      Slots.fill(draft, wanted, nonces);
    }
  }

  /** The revision to keep serving meanwhile; empty when nothing serves or nothing must. */
  private static Optional<String> former(Situation situation, Resolved wanted) {
    return situation.workload().wish().strategy() == UpdateStrategy.RollingWhenFree
        ? situation.servingOther(wanted.revision())
        : Optional.empty();
  }

  /**
   * Points the Service at the former revision if one is to keep serving, else at the wanted one.
   */
  static void pointService(Draft draft, Resolved wanted, Optional<String> former) {
    int port = draft.situation.workload().wish().port();
    Optional<ServiceView> service = draft.situation.observed().service();
    boolean right =
        service
            .filter(
                s ->
                    former.isPresent()
                        ? s.revision().equals(former.get())
                        : s.revision().equals(wanted.revision()) && s.port() == port)
            .isPresent();
    if (!right) {
      draft.add(new Action.WriteService(former.orElse(wanted.revision()), port));
    }
  }
}
