package dev.berth.scheduler.core.preempt;

import dev.berth.collect.OrderedMap;
import dev.berth.scheduler.core.State;
import dev.berth.scheduler.core.fit.Fit;
import dev.berth.scheduler.core.fit.NodeFit;
import dev.berth.scheduler.core.fit.Placer;
import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.gang.Allowed;
import dev.berth.scheduler.core.gang.GangPlacer;
import dev.berth.scheduler.core.model.Lease;
import dev.berth.scheduler.core.model.Request;
import dev.berth.scheduler.core.model.Shape;
import dev.berth.scheduler.core.quota.Charge;
import dev.berth.scheduler.core.quota.QuotaVerdict;
import dev.berth.scheduler.core.quota.Usage;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the cheapest set of whole placements without which the request fits. A request of one
 * member is searched node by node; a gang over all nodes. In each pool: the cheapest single victim,
 * and the cheapest victims one after the other, then without those that are not needed.
 */
public final class VictimSearch {
  /** Single victims tried over the whole fleet. */
  private static final int SINGLES = 64;

  /** What was found. */
  public sealed interface Result {
    /** With {@code victims} gone the request can have {@code leases}. */
    record Found(List<Victim> victims, List<Lease> leases) implements Result {
      public Found {
        victims = List.copyOf(victims);
        leases = List.copyOf(leases);
      }
    }

    /** It does not fit even without all that may be taken. */
    record NoneHelps() implements Result {}

    /** The search ended early; there may be a way. */
    record NotFoundInBudget() implements Result {}
  }

  private final State state;
  private final Request request;
  private final long now;
  private final OrderedMap<String, Node> fleet;
  private final Usage promised;
  private final Set<Shape> shapes;
  private int budget;
  private @Nullable List<Victim> best;

  /** {@code budget} bounds the work: a look at one node costs 1, at the fleet 8 and the members. */
  public VictimSearch(State state, Request request, long now, int budget) {
    this.state = state;
    this.request = request;
    this.now = now;
    this.budget = budget;
    this.fleet = Kept.fleet(state, request.id());
    this.promised = state.book().promised(request.id());
    this.shapes = new LinkedHashSet<>(request.members());
  }

  public Result run() {
    Victims victims = Victims.of(state, request, now);
    if (request.members().size() == 1) {
      byNode(victims.inOrder()).forEach(this::searchNode);
    }
    if (best == null || !withinQuota(List.of())) {
      search(useful(victims.inOrder()), this::fits, SINGLES);
    }
    if (best == null) {
      return budget > 0 && victims.complete()
          ? new Result.NoneHelps()
          : new Result.NotFoundInBudget();
    }
    return GangPlacer.asked(without(best), request) instanceof Placer.Trial.Complete complete
        ? new Result.Found(best, complete.leases())
        : new Result.NoneHelps();
  }

  private void searchNode(String name, List<Victim> pool) {
    search(pool, victims -> fitsOn(name, victims), pool.size());
  }

  /** {@code pool} is cheapest first. */
  private void search(List<Victim> pool, Predicate<List<Victim>> enough, int singles) {
    List<Victim> all = Victims.rightful(state, request, pool);
    if (all.isEmpty() || !enough.test(all)) {
      return;
    }
    for (Victim victim : pool.subList(0, Math.min(singles, pool.size()))) {
      if (enough.test(List.of(victim))) {
        offer(List.of(victim));
        break;
      }
    }
    offer(needed(all.subList(0, prefix(all, enough)), enough));
  }

  /** The length of a short beginning that is enough; all of it is. */
  private static int prefix(List<Victim> all, Predicate<List<Victim>> enough) {
    int low = 1;
    int high = all.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (enough.test(all.subList(0, middle))) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return high;
  }

  /** Drops what is not needed, the most expensive first, in ever smaller pieces. */
  private static List<Victim> needed(List<Victim> victims, Predicate<List<Victim>> enough) {
    List<Victim> kept = new ArrayList<>(victims);
    for (int piece = Math.max(1, kept.size() / 2); piece > 0; piece /= 2) {
      for (int end = kept.size(); end > 0 && kept.size() > 1; end -= piece) {
        List<Victim> fewer = new ArrayList<>(kept);
        fewer.subList(Math.max(0, end - piece), end).clear();
        if (!fewer.isEmpty() && enough.test(fewer)) {
          kept = fewer;
        }
      }
    }
    return kept;
  }

  /** Nothing that was found with an empty budget: it may hold more than is needed. */
  private void offer(List<Victim> victims) {
    if (budget > 0
        && (best == null || VictimCost.of(victims, now).compareTo(VictimCost.of(best, now)) < 0)) {
      best = List.copyOf(victims);
    }
  }

  private boolean fits(List<Victim> victims) {
    return spend(8 + request.members().size())
        && withinQuota(victims)
        && GangPlacer.asked(without(victims), request) instanceof Placer.Trial.Complete;
  }

  private boolean fitsOn(String name, List<Victim> victims) {
    return spend(1) && withinQuota(victims) && fitsOneOn(name, victims);
  }

  private boolean fitsOneOn(String name, List<Victim> victims) {
    Node node = fleet.get(name);
    for (Victim victim : victims) {
      for (Lease lease : victim.placed().leases()) {
        node = node == null || !lease.node().equals(name) ? node : node.without(lease.id());
      }
    }
    Node emptied = node;
    return emptied != null
        && Allowed.on(emptied, request.policy().regions())
        && shapes.stream().anyMatch(shape -> NodeFit.of(emptied, shape) instanceof Fit.Fits);
  }

  private boolean spend(int work) {
    budget -= work;
    return budget > 0;
  }

  private boolean withinQuota(List<Victim> victims) {
    Usage usage = promised;
    for (Victim victim : victims) {
      usage = usage.minus(state.book().tree(), victim.charge());
    }
    return QuotaVerdict.of(state.book().tree(), usage, Charge.of(request))
        instanceof QuotaVerdict.Admitted;
  }

  private OrderedMap<String, Node> without(List<Victim> victims) {
    OrderedMap<String, Node> nodes = fleet;
    for (Victim victim : victims) {
      for (Lease lease : victim.placed().leases()) {
        Node node = nodes.get(lease.node());
        nodes = node == null ? nodes : nodes.with(node.name(), node.without(lease.id()));
      }
    }
    return nodes;
  }

  /** Those that free quota it lacks, or stand where a member would fit without them. */
  private List<Victim> useful(List<Victim> victims) {
    boolean lacksQuota = !withinQuota(List.of());
    Set<String> nodes = new LinkedHashSet<>();
    byNode(victims)
        .forEach(
            (name, pool) -> {
              if (fitsOneOn(name, pool)) {
                nodes.add(name);
              }
            });
    return victims.stream()
        .filter(
            v ->
                (lacksQuota && v.charge().flavor().equals(request.flavor()))
                    || v.placed().leases().stream().anyMatch(l -> nodes.contains(l.node())))
        .toList();
  }

  private static Map<String, List<Victim>> byNode(List<Victim> victims) {
    Map<String, List<Victim>> byNode = new TreeMap<>();
    for (Victim victim : victims) {
      victim.placed().leases().stream()
          .map(Lease::node)
          .distinct()
          .forEach(node -> byNode.computeIfAbsent(node, n -> new ArrayList<>()).add(victim));
    }
    return byNode;
  }
}
