package dev.berth.turns.queue;

import dev.berth.turns.model.Turn;
import java.util.Map;
import java.util.TreeMap;

/** What the queue can tell those who place seats. */
public final class NodeLoad {
  private NodeLoad() {}

  /** Each Space's demand, in thousandths of a device that is busy all the time. */
  public static Map<String, Long> demandMilli(QueueState state, long now) {
    long halfLife = state.policy().demandHalfLifeNanos();
    Map<String, Long> demand = new TreeMap<>();
    state
        .spaces()
        .forEach(
            (name, space) -> {
              double each = space.runs().expected(space.declaredNanos());
              demand.put(name, Math.round(space.demand().rate(now, halfLife) * each * 1000));
            });
    return demand;
  }

  /** Waiting turns of each Space that has some. */
  public static Map<String, Integer> waiting(QueueState state) {
    Map<String, Integer> waiting = new TreeMap<>();
    for (Map.Entry<String, SpaceStats> entry : state.spaces().entrySet()) {
      if (entry.getValue().waiting() > 0) {
        waiting.put(entry.getKey(), entry.getValue().waiting());
      }
    }
    return waiting;
  }

  /** Whether a turn of a Space runs on a node, or waits for it and no other. */
  public static boolean underWay(QueueState state, String space, int node) {
    Lane lane = new Lane(space, node);
    for (Flow flow : state.flows().values()) {
      if (flow.lanes().containsKey(lane)) {
        return true;
      }
    }
    for (Running running : state.running().values()) {
      Turn turn = running.turn();
      DeviceState device = state.devices().get(running.devices().getFirst());
      if (turn.space().equals(space) && device != null && device.device().node() == node) {
        return true;
      }
    }
    return false;
  }
}
