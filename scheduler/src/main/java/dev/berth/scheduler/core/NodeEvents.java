package dev.berth.scheduler.core;

import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.model.Inventory;
import dev.berth.scheduler.core.model.Placement;
import dev.berth.scheduler.core.model.Request;

/** What nodes say, and what follows from their silence. */
final class NodeEvents {
  private NodeEvents() {}

  /** A node becomes known, or changes; it counts as ready only once it heartbeats. */
  static void registered(Draft draft, Event.NodeRegistered event) {
    Node known = draft.state().nodes().get(event.node());
    if (known != null && known.inventory().equals(event.inventory())) {
      return;
    }
    draft.put(
        known == null
            ? Node.of(event.node(), event.inventory())
            : known.withInventory(event.inventory()));
    draft.emit(new Effect.NodeSaved(event.node(), event.inventory()));
    draft.retryLater();
  }

  static void heartbeat(Draft draft, Event.Heartbeat event, long now) {
    Node node = draft.state().nodes().get(event.node());
    if (node == null) {
      return;
    }
    draft.put(node.seen(now));
    if (!node.ready()) {
      draft.emit(new Effect.NodeBecameReady(node.name()));
      draft.retryLater();
    }
    for (String lease : event.heldLeases()) {
      if (!granted(draft.state(), lease, event.node())) {
        draft.emit(new Effect.LeaseRevoked(event.node(), lease));
      }
    }
  }

  static void lost(Draft draft, String name) {
    Node node = draft.state().nodes().get(name);
    if (node != null && node.ready()) {
      draft.put(node.lost());
      draft.emit(new Effect.NodeBecameLost(name));
    }
  }

  static void silent(Draft draft, long now, long timeoutNanos) {
    for (Node node : draft.state().nodes().values()) {
      if (node.ready() && now - node.lastSeenNanos() > timeoutNanos) {
        lost(draft, node.name());
      }
    }
  }

  /** An unhealthy device keeps its leases; nothing new is placed on it. */
  static void health(Draft draft, Event.DeviceHealth event) {
    Node node = draft.state().nodes().get(event.node());
    if (node == null) {
      return;
    }
    Inventory now = node.inventory().withHealth(event.device(), event.healthy());
    if (!now.equals(node.inventory())) {
      draft.put(node.withInventory(now));
      draft.emit(new Effect.NodeSaved(node.name(), now));
      draft.retryLater();
    }
  }

  static boolean holds(Placement placement, String leaseId, String node) {
    return placement.leases().stream()
        .anyMatch(lease -> lease.id().equals(leaseId) && lease.node().equals(node));
  }

  private static boolean granted(State state, String leaseId, String node) {
    return state.placements().get(Request.placementOf(leaseId)) instanceof Placement.Placed placed
        && holds(placed, leaseId, node);
  }
}
