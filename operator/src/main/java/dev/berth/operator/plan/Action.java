package dev.berth.operator.plan;

import dev.berth.operator.placement.Lease;
import dev.berth.operator.placement.Placement;
import dev.berth.operator.placement.PlacementId;

/** One step towards the wanted state. Each is idempotent. */
public sealed interface Action {
  /** Create the Service or point it at another revision. */
  record WriteService(String revision, int port) implements Action {}

  record DeleteService(String name) implements Action {}

  /**
   * Ask the scheduler for {@code members} replicas of the resolved flavor, or of one of its first
   * {@code choices} - 1 fallbacks.
   */
  record Place(PlacementId id, int members, int choices) implements Action {}

  /** Create the claim of a lease, and its allocation if it lacks one. */
  record EnsureClaim(Placement placement, Lease lease, long epoch) implements Action {}

  record CreatePod(Placement placement, Lease lease) implements Action {}

  record DeletePod(String name) implements Action {}

  record DeleteClaim(String name) implements Action {}

  record Release(PlacementId id) implements Action {}
}
