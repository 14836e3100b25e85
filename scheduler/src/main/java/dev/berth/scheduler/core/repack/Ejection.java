package dev.berth.scheduler.core.repack;

import dev.berth.collect.OrderedMap;
import dev.berth.scheduler.core.defrag.Budget;
import dev.berth.scheduler.core.defrag.DefragPlan;
import dev.berth.scheduler.core.fit.Fit;
import dev.berth.scheduler.core.fit.NodeFit;
import dev.berth.scheduler.core.fit.Placer;
import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.model.Lease;
import dev.berth.scheduler.core.model.Request;
import dev.berth.scheduler.core.model.Shape;
import dev.berth.scheduler.core.pack.Choosing;
import dev.berth.scheduler.core.pack.PlaceCost;
import dev.berth.scheduler.core.pack.Ranking;
import dev.berth.scheduler.core.repack.Kind.Scored;
import dev.berth.scheduler.core.repack.Movables.Movable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Ejection chains: the request takes the place of one or a few, each of which goes to a free place
 * or takes the place of another that goes to a free place. Chains are tried in the order of what
 * the fleet loses by them. Lives for one plan.
 */
final class Ejection {
  /** Chains that are tried in full, at each link. */
  private static final int TRIES = 24;

  /** Links beyond the first. */
  private static final int DEPTH = 1;

  /** What a move counts beside what the fleet loses, in the steps of the ranking. */
  private static final long PER_MOVE = 10;

  private final OrderedMap<String, Node> fleet;
  private final Chain start;
  private final Choosing choosing;
  private final PlaceCost cost;
  private final Budget budget;
  private final long value;
  private final Clearings clearings;
  private final Movables movables;

  Ejection(
      Chain start,
      Movables movables,
      Choosing choosing,
      PlaceCost cost,
      Budget budget,
      long value) {
    this.start = start;
    this.fleet = start.present();
    this.choosing = choosing;
    this.cost = cost;
    this.budget = budget;
    this.value = value;
    this.movables = movables;
    this.clearings = new Clearings(movables);
  }

  DefragPlan plan(Request request) {
    Shape shape = request.members().getFirst();
    Chain dear = null;
    for (Scored next : scored(movables.kind(shape), DEPTH)) {
      Lease lease = lease(next.clearing().rest(), shape, request.leaseId(0));
      Chain chain = clear(start, next.clearing(), lease, DEPTH);
      if (chain != null && worth(chain)) {
        return new DefragPlan.Moves(
            chain.moves(), List.of(), List.of(lease), value, chain.cost(), true);
      }
      dear = dear == null ? chain : dear;
    }
    return dear == null
        ? new DefragPlan.NotFound(1, 0, 0, budget.maxMoves())
        : new DefragPlan.NotWorth(dear.moves().size(), value, dear.cost(), budget.worthPermille());
  }

  private boolean worth(Chain chain) {
    return value >= chain.cost() * budget.worthPermille() / 1_000;
  }

  private @Nullable Chain clear(Chain before, Clearing clearing, Lease coming, int links) {
    Chain chain = before.expecting(clearing.rest().with(coming));
    for (Movable victim : clearing.victims()) {
      chain = chain == null ? null : leave(chain, victim, links);
    }
    return chain;
  }

  private @Nullable Chain leave(Chain chain, Movable victim, int links) {
    Chain direct = chain.move(choosing, victim);
    if (direct != null || links == 0) {
      return direct;
    }
    for (Scored next : scored(victim.kind(), links - 1)) {
      Node there = next.clearing().rest();
      boolean untouched = fleet.get(there.name()) == chain.future().get(there.name());
      if (!untouched || !victim.alone().policy().regions().isEmpty()) {
        continue;
      }
      Lease to = lease(there, victim.shape(), victim.alone().leaseId(0));
      Chain opened = clear(chain, next.clearing(), to, links - 1);
      Chain moved = opened == null ? null : opened.onto(victim, to);
      if (moved != null) {
        return moved;
      }
    }
    return null;
  }

  private static Lease lease(Node node, Shape shape, String id) {
    if (NodeFit.of(node, shape) instanceof Fit.Fits fits) {
      return Placer.lease(id, node, shape, fits.devices());
    }
    throw new IllegalStateException("A cleared node has no room: " + node.name());
  }

  /** The best ways to clear a node for the shape, by what the fleet loses. */
  private List<Scored> scored(Kind kind, int depth) {
    List<Scored> known = kind.best.get(depth);
    if (known != null) {
      return known;
    }
    List<Scored> all = new ArrayList<>();
    for (Node node : fleet.values()) {
      for (Clearing clearing :
          clearings.of(
              node,
              kind.shape,
              depth < DEPTH,
              one -> elsewhere(one.kind(), depth) != Ranking.NONE)) {
        all.add(new Scored(clearing, loss(clearing, node, kind.shape, depth)));
      }
    }
    all.sort(Comparator.comparingLong(Scored::loss).thenComparing(s -> s.clearing().rest().name()));
    List<Scored> best = List.copyOf(all.subList(0, Math.min(TRIES, all.size())));
    kind.best.set(depth, best);
    return best;
  }

  private long loss(Clearing clearing, Node node, Shape shape, int depth) {
    long loss = cost.of(clearing.rest(), shape);
    Node rest = node;
    for (Movable victim : clearing.victims()) {
      rest = rest.without(victim.lease().id());
      loss += elsewhere(victim.kind(), depth) + PER_MOVE - cost.of(rest, victim.shape());
    }
    return loss;
  }

  /** The least that a place for the shape costs: a free one, or else by another link. */
  private long elsewhere(Kind kind, int depth) {
    if (kind.elsewhere[depth] == Kind.UNKNOWN) {
      long direct = depth == 0 ? free(kind.shape) : elsewhere(kind, 0);
      kind.elsewhere[depth] =
          direct != Ranking.NONE || depth == 0 ? direct : linked(scored(kind, depth - 1));
    }
    return kind.elsewhere[depth];
  }

  private static long linked(List<Scored> next) {
    return next.isEmpty() ? Ranking.NONE : next.getFirst().loss();
  }

  private long free(Shape shape) {
    Choosing.Choice choice = choosing.best(fleet, shape);
    return choice == null ? Ranking.NONE : cost.of(choice.node(), shape);
  }
}
