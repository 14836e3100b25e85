package dev.berth.scheduler.core.audit;

import dev.berth.scheduler.core.State;
import dev.berth.scheduler.core.audit.Discrepancy.Kind;
import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.model.Lease;
import dev.berth.scheduler.core.model.Placement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Rebuilds from the placements what the state keeps step by step (occupancy, processor, memory,
 * queue) and tells each difference. Shares no code with the placing, so a bug there shows here.
 * Costs O(leases + nodes); safe on any snapshot, on any thread.
 */
public final class Recompute {
  private Recompute() {}

  /** Empty when all is well. */
  public static List<Discrepancy> check(State state) {
    List<Discrepancy> found = new ArrayList<>();
    Map<String, List<Lease>> byNode = new HashMap<>();
    for (Map.Entry<String, Placement> entry : state.placements().entrySet()) {
      Placement placement = entry.getValue();
      key(entry.getKey(), placement.id(), "placement", found);
      GangCheck.check(placement, state.epoch(), found);
      placement
          .leases()
          .forEach(l -> byNode.computeIfAbsent(l.node(), n -> new ArrayList<>()).add(l));
    }
    for (Map.Entry<String, Node> entry : state.nodes().entrySet()) {
      key(entry.getKey(), entry.getValue().name(), "node", found);
      List<Lease> implied = byNode.remove(entry.getKey());
      NodeCheck.check(entry.getValue(), implied == null ? List.of() : implied, found);
    }
    byNode.values().forEach(lost -> lost.forEach(lease -> unknownNode(lease, found)));
    queue(state, found);
    return List.copyOf(found);
  }

  private static void key(String key, String own, String what, List<Discrepancy> found) {
    if (!key.equals(own)) {
      found.add(new Discrepancy(Kind.WRONG_KEY, what + " " + key, own, key));
    }
  }

  private static void unknownNode(Lease lease, List<Discrepancy> found) {
    String where = lease.node() + "/" + lease.id();
    found.add(new Discrepancy(Kind.LEASE_MISSING, where, "a lease on its node", "no such node"));
  }

  private static void queue(State state, List<Discrepancy> found) {
    for (Map.Entry<State.QueueKey, String> entry : state.queue().entrySet()) {
      Placement placement = state.placements().get(entry.getValue());
      boolean right =
          placement instanceof Placement.Waiting
              && State.QueueKey.of(placement).equals(entry.getKey());
      if (!right) {
        String is = placement == null ? "nothing" : placement.getClass().getSimpleName();
        found.add(
            new Discrepancy(
                Kind.QUEUE_WRONG, entry.getValue(), "a waiting placement in its place", is));
      }
    }
    for (Placement placement : state.placements().values()) {
      if (placement instanceof Placement.Waiting
          && !state.queue().containsKey(State.QueueKey.of(placement))) {
        found.add(new Discrepancy(Kind.QUEUE_WRONG, placement.id(), "queued", "not in the queue"));
      }
    }
  }
}
