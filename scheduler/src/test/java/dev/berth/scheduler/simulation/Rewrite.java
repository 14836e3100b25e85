package dev.berth.scheduler.simulation;

import dev.berth.collect.OrderedMap;
import dev.berth.scheduler.core.Decision;
import dev.berth.scheduler.core.Effect;
import dev.berth.scheduler.core.State;
import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.model.Device;
import dev.berth.scheduler.core.model.Lease;
import dev.berth.scheduler.core.model.Placement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Changes states and decisions from outside, for planted bugs. */
final class Rewrite {
  private Rewrite() {}

  static Decision effects(Decision decision, Predicate<Effect> kept) {
    return new Decision(decision.state(), decision.effects().stream().filter(kept).toList());
  }

  /** Another placement, or none, in place of each newly placed one; state and writes agree. */
  static Decision placed(Decision decision, UnaryOperator<Placement.Placed> other) {
    return saved(
        decision, now -> now instanceof Placement.Placed placed ? other.apply(placed) : now);
  }

  /** Another placement, or none, in place of each saved one; state and writes agree. */
  static Decision saved(Decision decision, Function<Placement, @Nullable Placement> other) {
    State state = decision.state();
    List<Effect> effects = new ArrayList<>();
    for (Effect effect : decision.effects()) {
      if (effect instanceof Effect.PlacementSaved(Placement placement)) {
        Placement now = other.apply(placement);
        state = now == placement ? state : replace(state, placement, now);
        effects.add(
            now == null ? new Effect.PlacementRemoved(placement) : new Effect.PlacementSaved(now));
      } else {
        effects.add(effect);
      }
    }
    return new Decision(state, effects);
  }

  /** The same, in the writes alone. */
  static Decision written(Decision decision, UnaryOperator<Placement> other) {
    return new Decision(
        decision.state(),
        decision.effects().stream()
            .map(
                e ->
                    e instanceof Effect.PlacementSaved(Placement p)
                        ? new Effect.PlacementSaved(other.apply(p))
                        : e)
            .toList());
  }

  /** Usage is left as it was where devices are changed: taking them twice would not be possible. */
  static State replace(State state, Placement before, @Nullable Placement now) {
    OrderedMap<String, Node> nodes = state.nodes();
    for (Lease lease : before.leases()) {
      nodes = with(nodes, lease.node(), node -> node.without(lease.id()));
    }
    for (Lease lease : now == null ? List.<Lease>of() : now.leases()) {
      nodes = with(nodes, lease.node(), node -> holding(node, lease));
    }
    State.QueueKey key = State.QueueKey.of(before);
    return new State(
        state.epoch(),
        nodes,
        now == null
            ? state.placements().without(before.id())
            : state.placements().with(now.id(), now),
        now instanceof Placement.Waiting
            ? state.queue().with(key, now.id())
            : state.queue().without(key),
        state.flavors(),
        state.retry(),
        state.supplyDemand(),
        state.book().replace(before, now),
        state.outlook());
  }

  private static OrderedMap<String, Node> with(
      OrderedMap<String, Node> nodes, String name, UnaryOperator<Node> change) {
    Node node = nodes.get(name);
    return node == null ? nodes : nodes.with(name, change.apply(node));
  }

  private static Node holding(Node node, Lease lease) {
    try {
      return node.with(lease);
    } catch (IllegalStateException e) {
      return new Node(
          node.name(),
          node.inventory(),
          node.ready(),
          node.lastSeenNanos(),
          node.leases().with(lease.id(), lease),
          node.cpuUsed() + lease.cpuMilli(),
          node.memoryUsed() + lease.memoryMib(),
          node.cards(),
          node.chips());
    }
  }

  /** The state with each node changed. */
  static State nodes(State state, UnaryOperator<Node> change) {
    OrderedMap<String, Node> nodes = state.nodes();
    for (Node node : state.nodes().values()) {
      nodes = nodes.with(node.name(), change.apply(node));
    }
    return state.withNodes(nodes);
  }

  /** The state with nodes that hold the same leases over another inventory or readiness. */
  static State as(State decided, State real) {
    return nodes(
        decided,
        node -> {
          Node known = real.nodes().get(node.name());
          Node plain = known == null ? node : Node.of(node.name(), known.inventory());
          for (Lease lease : node.leases().values()) {
            plain = holding(plain, lease);
          }
          Node seen = known == null ? plain : plain.seen(known.lastSeenNanos());
          return known == null || known.ready() ? seen : seen.lost();
        });
  }

  static Lease with(Lease lease, List<Device> devices) {
    return new Lease(
        lease.id(),
        lease.node(),
        devices,
        lease.cpuMilli(),
        lease.memoryMib(),
        lease.podCpuMilli(),
        lease.podMemoryMib());
  }

  static Placement.Placed with(Placement.Placed placed, List<Lease> leases) {
    return new Placement.Placed(
        placed.request(),
        placed.createdNanos(),
        placed.placedNanos(),
        placed.epoch(),
        leases,
        placed.choice());
  }
}
