package dev.berth.scheduler.simulation;

import dev.berth.scheduler.core.Invariants;
import dev.berth.scheduler.core.State;
import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.model.Placement;
import dev.berth.scheduler.leadership.DecisionLoop;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a world must come to once nothing fails any more. */
final class Rest {
  private static final long REST = 60 * Agenda.SECOND;
  private final World world;

  Rest(World world) {
    this.world = world;
  }

  void settle() {
    reach("what fits is placed", this::unsettled);
  }

  void free() {
    reach("everything is free", this::notFree);
  }

  /** Steps until {@code goal} says null, at most for a while. */
  private void reach(String what, Goal goal) {
    long end = world.agenda().now() + REST;
    String missing = goal.missing();
    while (missing != null) {
      Checks.require(world.agenda().now() < end, "After peace: not %s; %s", what, missing);
      world.until(Math.min(end, world.agenda().now() + Agenda.SECOND));
      audit();
      missing = goal.missing();
    }
  }

  private interface Goal {
    /** What is not yet so; null when all is well. */
    @Nullable String missing();
  }

  /** Owners look for what runs in their name though they gave it back. */
  private void audit() {
    for (Owner owner : world.owners()) {
      if (owner.done() && world.store().placement(owner.request().id()) != null) {
        owner.release();
      }
    }
  }

  private @Nullable String unsettled() {
    List<SimulatedCandidate> leaders =
        world.candidates().stream().filter(SimulatedCandidate::leads).toList();
    DecisionLoop loop = leaders.size() == 1 ? leaders.getFirst().leading() : null;
    if (loop == null) {
      return leaders.size() + " leaders";
    }
    State state = loop.state();
    for (SimulatedAgent agent : world.agentList()) {
      Node node = state.nodes().get(agent.name());
      if (node == null || !node.ready() || !node.inventory().equals(agent.inventory())) {
        return agent.name() + " is not known as it is";
      }
    }
    if (state.retry()) {
      return "the queue is not done";
    }
    Invariants.check(state);
    return world.owners().stream()
        .map(Rest::unreleased)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(
            world.store().placements().values().stream()
                    .anyMatch(Placement.Releasing.class::isInstance)
                ? "something is releasing"
                : null);
  }

  private static @Nullable String unreleased(Owner owner) {
    String id = owner.request().id();
    if (!owner.runs()) {
      return id + " has a pod that cannot start";
    }
    return owner.releasing() && !owner.done() ? id + " is not released" : null;
  }

  private @Nullable String notFree() {
    if (!world.store().placements().isEmpty()) {
      return "stored: " + world.store().placements().keySet();
    }
    for (SimulatedAgent agent : world.agentList()) {
      if (!agent.hardware().idle()) {
        return "still prepared on " + agent.name();
      }
    }
    String unsettled = unsettled();
    return unsettled == null ? used() : unsettled;
  }

  private @Nullable String used() {
    for (SimulatedCandidate candidate : world.candidates()) {
      DecisionLoop loop = candidate.leading();
      if (loop != null) {
        for (Node node : loop.state().nodes().values()) {
          Node empty = Node.of(node.name(), node.inventory()).seen(node.lastSeenNanos());
          Checks.require(node.equals(empty), "not free: %s", node);
        }
      }
    }
    return null;
  }
}
