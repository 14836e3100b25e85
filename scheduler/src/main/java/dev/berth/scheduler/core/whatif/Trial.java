package dev.berth.scheduler.core.whatif;

import dev.berth.collect.OrderedMap;
import dev.berth.scheduler.core.Event;
import dev.berth.scheduler.core.Outcome;
import dev.berth.scheduler.core.Scheduler;
import dev.berth.scheduler.core.State;
import dev.berth.scheduler.core.fit.Placer;
import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.gang.GangPlacer;
import dev.berth.scheduler.core.model.Accelerator;
import dev.berth.scheduler.core.model.Card;
import dev.berth.scheduler.core.model.Placement;
import dev.berth.scheduler.core.model.Request;
import dev.berth.scheduler.core.model.Shape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;

/**
 * One request against one state, for trying changes. {@link #fits} is a quick look at the devices;
 * {@link #admits} lets the production decisions run and is the proof. Work is limited, so that an
 * explanation never runs away: when it is used up, the answer is "no" and changes go unfound.
 */
final class Trial {
  /** Nodes looked at in all, as a full search over the fleet would; up to 1 us each. */
  private static final long MAX_VISITS = 5_000_000;

  /** Looks at nodes that an answer makes beside placing: is it impossible, and why not. */
  private static final int ANSWER = 4;

  final Scheduler scheduler;
  final State state;
  final Request request;
  final long now;

  /** The first member that does not fit, or 0. */
  final int stuck;

  /** What one pass over the queue looks at: each list of members once. */
  private final long queued;

  private long visits = MAX_VISITS;

  Trial(Scheduler scheduler, State state, Request request, long now) {
    this.scheduler = scheduler;
    this.state = state;
    this.request = request;
    this.now = now;
    this.queued = queued(state);
    this.stuck =
        GangPlacer.place(state.nodes(), request) instanceof Placer.Trial.Stuck at ? at.member() : 0;
  }

  /** What the member that does not fit asks for. */
  Shape shape() {
    return request.members().get(stuck);
  }

  private static long queued(State state) {
    Set<List<Shape>> shapes = new HashSet<>();
    for (String id : state.queue().values()) {
      Placement placement = state.placements().get(id);
      if (placement != null) {
        shapes.add(placement.request().members());
      }
    }
    return shapes.stream().mapToLong(List::size).sum();
  }

  /** False when it would be too much. */
  private boolean spend(int nodes, long perNode) {
    visits -= Math.max(64, nodes) * perNode;
    return visits >= 0;
  }

  boolean fits(OrderedMap<String, Node> nodes, Request asked) {
    return spend(nodes.size(), asked.members().size())
        && GangPlacer.place(nodes, asked) instanceof Placer.Trial.Complete;
  }

  boolean fits(Request asked) {
    return fits(state.nodes(), asked);
  }

  boolean admits(Change.Amended change) {
    return fits(change.request())
        && spend(state.nodes().size(), change.request().members().size() + ANSWER)
        && proved(change, change.request());
  }

  boolean admits(Change.Elsewhere change) {
    return spend(state.nodes().size(), events(change) * queued + answer())
        && proved(change, request);
  }

  private long answer() {
    return request.members().size() + ANSWER;
  }

  /** About how many events it takes, each followed by a pass over the queue. */
  private static long events(Change.Elsewhere change) {
    return switch (change) {
      case Change.Drained drained -> drained.placements().size();
      case Change.NodesReady ready -> ready.nodes().size();
      case Change.Released released -> released.placements().size();
      case Change.MoreNodes more -> 2L * more.count();
    };
  }

  private boolean proved(Change change, Request asked) {
    Sandbox sandbox = new Sandbox(scheduler, state, now);
    change.apply(sandbox);
    return sandbox.place(asked) instanceof Outcome.Placed;
  }

  /**
   * Whether it would be placed if these were the nodes; one pass over the queue, not an event each.
   */
  boolean admitsOn(OrderedMap<String, Node> nodes) {
    if (!spend(nodes.size(), queued + answer())) {
      return false;
    }
    Sandbox sandbox = new Sandbox(scheduler, state.withNodes(nodes).withRetry(true), now);
    sandbox.step(new Event.Tick());
    return sandbox.place(request) instanceof Outcome.Placed;
  }

  /** The request with {@code change} made to each member like the one that does not fit. */
  Request withDevice(Accelerator instead) {
    Accelerator asked = shape().accelerator();
    return with(
        s -> s.accelerator().equals(asked) ? new Shape(s.cpuMilli(), s.memoryMib(), instead) : s);
  }

  Request with(UnaryOperator<Shape> change) {
    return request.withMembers(request.members().stream().map(change).toList());
  }

  /** A card of each model of the fleet, the one with most memory, by model. */
  Map<String, Card> cards() {
    Map<String, Card> models = new TreeMap<>();
    for (Node node : state.nodes().values()) {
      for (Card card : node.inventory().cards()) {
        models.merge(card.model(), card, (a, b) -> a.memoryMib() >= b.memoryMib() ? a : b);
      }
    }
    return models;
  }

  /** The largest amount below {@code asked} that fits, at least 1; 0 when none was found. */
  long largest(long asked, LongFunction<Request> smaller) {
    long low = 0;
    long high = asked - 1;
    while (low < high) {
      long middle = low + (high - low + 1) / 2;
      if (fits(smaller.apply(middle))) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /** The first {@code limit} of the candidates that would admit. */
  <C extends Change.Amended> List<Change> admitted(List<C> candidates, int limit) {
    List<Change> admitted = new ArrayList<>();
    for (C candidate : candidates) {
      if (admitted.size() < limit && admits(candidate)) {
        admitted.add(candidate);
      }
    }
    return admitted;
  }
}
