package dev.berth.scheduler.leadership;

import dev.berth.scheduler.core.Event;
import dev.berth.scheduler.core.State;
import dev.berth.scheduler.core.Step;
import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.model.Inventory;
import dev.berth.scheduler.core.model.Placement;
import dev.berth.scheduler.core.model.Request;
import java.util.List;
import java.util.Map;

/**
 * Decisions of a standby that nobody hears of: on a copy of the facts, all nodes register and some
 * of the placements are asked for again. The code that has to be fast right after a change of
 * leaders is compiled then. The core has no side effects, so the decisions are simply forgotten.
 */
final class Rehearsal {
  private static final int ENOUGH = 60_000;
  private static final int PLACEMENTS = 1_000;

  private final Step scheduler;
  private int decisions;

  Rehearsal(Step scheduler) {
    this.scheduler = scheduler;
  }

  boolean isOver() {
    return decisions >= ENOUGH;
  }

  /** {@code now} in unix nanoseconds. */
  void of(State facts, long now) {
    State state = facts;
    for (Map.Entry<String, Node> node : facts.nodes().entrySet()) {
      Inventory inventory = node.getValue().inventory();
      state = step(state, new Event.NodeRegistered(node.getKey(), inventory), now);
      state = step(state, new Event.Heartbeat(node.getKey(), List.of()), now);
    }
    int left = PLACEMENTS;
    for (Placement placement : facts.placements().values()) {
      if (left-- == 0) {
        break;
      }
      Request again = placement.request().withId("rehearsal/" + placement.id());
      state = step(state, new Event.Place(again), now);
    }
  }

  private State step(State state, Event event, long now) {
    decisions++;
    return scheduler.step(state, event, now).state();
  }
}
