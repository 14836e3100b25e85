package dev.berth.scheduler.core.defrag;

import dev.berth.collect.OrderedMap;
import dev.berth.scheduler.core.State;
import dev.berth.scheduler.core.fit.Fit;
import dev.berth.scheduler.core.fit.NodeFit;
import dev.berth.scheduler.core.fit.Placer;
import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.model.Lease;
import dev.berth.scheduler.core.model.Request;
import dev.berth.scheduler.core.model.Shape;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes room for one request, member by member: where one fits it is put, else the node that is
 * cheapest to clear for it is cleared just enough. Lives for one plan.
 */
final class Admission {
  /** Nodes that are tried for one member, cheapest first. */
  private static final int TRIES = 64;

  /** {@code rest} is the node without the {@code victims}; the member fits there. */
  private record Candidate(Node rest, List<Lease> victims, long cost) {}

  private static final Comparator<Candidate> CHEAPEST =
      Comparator.comparingLong(Candidate::cost).thenComparing(c -> c.rest().name());

  private final State state;
  private final Request request;
  private final Budget budget;
  private final Board board;

  /** Nodes on which members were put, as they will be after all moves. */
  private final Map<String, Node> used = new HashMap<>();

  private final Map<Shape, Deque<Candidate>> candidates = new HashMap<>();
  private final List<Lease> admitted = new ArrayList<>();

  Admission(State state, Request request, Budget budget, long now) {
    this.state = state;
    this.request = request;
    this.budget = budget;
    this.board = new Board(state, request.id(), budget, now);
  }

  DefragPlan plan() {
    for (int i = 0; i < request.members().size(); i++) {
      if (!admit(request.members().get(i), i)) {
        int asked = request.members().size();
        return new DefragPlan.NotFound(asked, i, board.moves().size(), budget.maxMoves());
      }
    }
    return Defrag.worth(board, List.of(), admitted, MoveCost.value(state, request), budget);
  }

  private boolean admit(Shape shape, int member) {
    Deque<Candidate> left = candidates.computeIfAbsent(shape, this::candidates);
    for (int tries = 0; tries < TRIES && !left.isEmpty(); ) {
      Candidate next = left.removeFirst();
      String name = next.rest().name();
      if (board.receives(name)) {
        continue;
      }
      tries++;
      if (clear(next, shape, member)) {
        candidates.forEach((other, list) -> again(other, list, name));
        return true;
      }
    }
    return false;
  }

  /** Cheapest first. One that failed fails for ever, as free targets only become fewer. */
  private Deque<Candidate> candidates(Shape shape) {
    List<Candidate> all = new ArrayList<>();
    for (Node node : state.nodes().values()) {
      Candidate candidate = candidate(used.getOrDefault(node.name(), node), shape);
      if (candidate != null) {
        all.add(candidate);
      }
    }
    all.sort(CHEAPEST);
    return new ArrayDeque<>(all);
  }

  /** A node that was cleared may hold more members, and is tried first. */
  private void again(Shape shape, Deque<Candidate> list, String name) {
    list.removeIf(candidate -> candidate.rest().name().equals(name));
    Node node = used.get(name);
    Candidate more = node == null ? null : candidate(node, shape);
    if (more != null) {
      list.addFirst(more);
    }
  }

  private boolean clear(Candidate candidate, Shape shape, int member) {
    String name = candidate.rest().name();
    Node before = board.exclude(name);
    if (!board.move(candidate.victims())) {
      if (before != null) {
        board.include(before);
      }
      return false;
    }
    Request alone =
        new Request(
            request.id() + "." + member,
            List.of(shape),
            request.account(),
            request.owner(),
            request.flavor(),
            request.catalogVersion(),
            request.policy());
    if (Placer.place(OrderedMap.<String, Node>empty().with(name, candidate.rest()), alone)
        instanceof Placer.Trial.Complete complete) {
      Node node = complete.nodes().get(name);
      used.put(name, node == null ? candidate.rest() : node);
      Lease lease = complete.leases().getFirst();
      admitted.add(MoveTargets.renamed(lease, request.leaseId(member)));
    }
    return true;
  }

  /** The fewest cheap leases that must go from {@code node}; null when that does not help. */
  private @Nullable Candidate candidate(Node node, Shape shape) {
    if (!node.ready() || !(NodeFit.of(node.emptied(), shape) instanceof Fit.Fits)) {
      return null;
    }
    Map<Lease, Long> costs = new HashMap<>();
    for (Lease lease : node.leases().values()) {
      Long cost = board.cost(lease);
      if (cost != null) {
        costs.put(lease, cost);
      }
    }
    List<Lease> order = new ArrayList<>(costs.keySet());
    order.sort(
        Comparator.comparingLong((Lease l) -> costs.getOrDefault(l, 0L)).thenComparing(Lease::id));
    Node rest = node;
    List<Lease> victims = new ArrayList<>();
    while (!(NodeFit.of(rest, shape) instanceof Fit.Fits)) {
      if (victims.size() == order.size()) {
        return null;
      }
      Lease next = order.get(victims.size());
      victims.add(next);
      rest = rest.without(next.id());
    }
    return spared(rest, victims, shape, costs);
  }

  /** Puts back whom it was not necessary to move, the most expensive first. */
  private static Candidate spared(
      Node cleared, List<Lease> victims, Shape shape, Map<Lease, Long> costs) {
    Node rest = cleared;
    List<Lease> left = new ArrayList<>(victims);
    for (Lease victim : victims.reversed()) {
      Node back = rest.with(victim);
      if (NodeFit.of(back, shape) instanceof Fit.Fits) {
        rest = back;
        left.remove(victim);
      }
    }
    long cost = left.stream().mapToLong(lease -> costs.getOrDefault(lease, 0L)).sum();
    return new Candidate(rest, left, cost);
  }
}
