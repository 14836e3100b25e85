package dev.berth.scheduler.core;

import dev.berth.scheduler.core.model.Flavor;
import dev.berth.scheduler.core.model.Inventory;
import dev.berth.scheduler.core.model.Lease;
import dev.berth.scheduler.core.model.Placement;
import dev.berth.scheduler.core.quota.Past;
import dev.berth.scheduler.core.quota.QuotaKey;
import dev.berth.scheduler.core.quota.Quotas;
import java.util.List;

/** What a decision wants done. Writes are durable before any other effect is seen outside. */
public sealed interface Effect {

  /** A change of the stored facts. */
  sealed interface Write extends Effect {}

  record PlacementSaved(Placement placement) implements Write {}

  /** The placement is gone; {@code last} is how it was. */
  record PlacementRemoved(Placement last) implements Write {}

  record NodeSaved(String node, Inventory inventory) implements Write {}

  /** The next leader trusts it for as long as a node may be silent. */
  record NodeBecameReady(String node) implements Write {}

  record NodeBecameLost(String node) implements Write {}

  record FlavorsSaved(List<Flavor> flavors) implements Write {}

  record QuotasSaved(Quotas quotas) implements Write {}

  /** The decayed use of a flavor by a queue. */
  record PastSaved(QuotaKey key, Past past) implements Write {}

  /** The owner lost a placement at {@code atNanos} (unix), so it is spared for a while. */
  record OwnerSpared(String owner, long atNanos) implements Write {}

  record OwnerNotSpared(String owner) implements Write {}

  /** The node may prepare this lease of the placement. */
  record LeaseGranted(Lease lease, Placement.Placed placement) implements Effect {}

  /** The node may not prepare this lease any more, must drain it and say when it is gone. */
  record LeaseRevoked(String node, String leaseId) implements Effect {}

  /** The answer to a Place. */
  record PlaceAnswered(Outcome outcome) implements Effect {}

  /** The answer to a Release: gone at once, or once the agents have drained it. */
  record ReleaseAnswered(boolean gone) implements Effect {}

  /** The answer to ReserveMoves: these placements hold the targets. */
  record MovesReserved(List<Placement> targets) implements Effect {}

  /**
   * The answer to ReserveMoves: nothing was taken, as the plan is out of date at this placement.
   */
  record MovesRefused(String placementId, String node) implements Effect {}
}
