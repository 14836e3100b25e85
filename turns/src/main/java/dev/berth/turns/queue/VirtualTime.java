package dev.berth.turns.queue;

import dev.berth.collect.OrderedMap;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** How far the flows have come, by node. */
final class VirtualTime {
  static final long NOBODY_WAITS = Long.MAX_VALUE;

  private VirtualTime() {}

  /** The smallest tag of the flows that could use each node now; absent where nobody waits. */
  static Map<Integer, Long> floors(QueueState state, Collection<Integer> nodes) {
    Map<Integer, Long> floors = new TreeMap<>();
    for (Flow flow : state.flows().values()) {
      if (!flow.waits() || state.atLimit(flow)) {
        continue;
      }
      for (int node : nodes) {
        if (flow.tag() < floors.getOrDefault(node, NOBODY_WAITS) && couldUse(state, flow, node)) {
          floors.put(node, flow.tag());
        }
      }
    }
    return floors;
  }

  private static boolean couldUse(QueueState state, Flow flow, int node) {
    for (Lane lane : flow.lanes().keySet()) {
      if (state.mayRun(lane, node) && !state.atLimit(state.stats(lane.space()))) {
        return true;
      }
    }
    return false;
  }

  /**
   * Virtual time is one for all nodes, so that a flow is not ahead on one and behind on another.
   */
  static void advance(Draft draft, Map<Integer, Long> floors) {
    floors.values().forEach(draft::advanceTo);
  }

  /** A flow that would resume at the same tag as a new one needs no memory. */
  static void forgetIdle(Draft draft) {
    QueueState state = draft.state();
    OrderedMap<String, Flow> flows = state.flows();
    for (Map.Entry<String, Flow> entry : state.flows().entrySet()) {
      Flow flow = entry.getValue();
      if (!flow.waits() && flow.running() == 0 && flow.tag() <= resumeAt(state, flow.weight())) {
        flows = flows.without(entry.getKey());
      }
    }
    draft.flows(flows);
  }

  /** The tag at which a flow starts that had nothing waiting. */
  static long resumeAt(QueueState state, int weight) {
    return state.virtualTime() - state.policy().creditNanos() / weight;
  }
}
