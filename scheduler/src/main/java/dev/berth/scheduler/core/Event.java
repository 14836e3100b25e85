package dev.berth.scheduler.core;

import dev.berth.scheduler.core.defrag.Move;
import dev.berth.scheduler.core.model.Flavor;
import dev.berth.scheduler.core.model.Inventory;
import dev.berth.scheduler.core.model.Request;
import dev.berth.scheduler.core.quota.QuotaTree;
import java.util.List;

/** All that can happen to the scheduler. */
public sealed interface Event {
  /**
   * Asks for a place. Where a request of one member fits on one of the {@code preferred} nodes, it
   * takes the first of them; else the best place.
   */
  record Place(Request request, List<String> preferred) implements Event {
    public Place {
      preferred = List.copyOf(preferred);
    }

    public Place(Request request) {
      this(request, List.of());
    }
  }

  record Release(String placementId) implements Event {}

  /** The node's agent said what it has; replaces the former inventory. */
  record NodeRegistered(String node, Inventory inventory) implements Event {}

  /** The node lives and holds exactly these leases prepared. */
  record Heartbeat(String node, List<String> heldLeases) implements Event {}

  /** The node's agent said goodbye. Its leases stay; nothing new is placed there. */
  record NodeLost(String node) implements Event {}

  record DeviceHealth(String node, String device, boolean healthy) implements Event {}

  /** Nothing of the lease is prepared on the node, nor can it ever be again. */
  record LeaseGone(String node, String leaseId) implements Event {}

  /** Time passed: nodes may have fallen silent, and the queue may have work left over. */
  record Tick() implements Event {}

  /** Takes the targets of these moves, all or none; the owners then move, or release them again. */
  record ReserveMoves(List<Move> moves) implements Event {}

  record PublishFlavors(List<Flavor> flavors) implements Event {}

  /** Replaces the quotas; what is placed stays, over its quota or not. */
  record PublishQuotas(QuotaTree quotas) implements Event {}
}
