package dev.berth.scheduler.core.gang;

import dev.berth.scheduler.core.fit.Fit;
import dev.berth.scheduler.core.fit.NodeFit;
import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.model.Accelerator.TpuSlice;
import dev.berth.scheduler.core.model.Shape;
import dev.berth.scheduler.core.torus.Part;
import dev.berth.scheduler.core.torus.Pods;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Places members of unlike shapes in one domain: TPU slices first, then the largest member on the
 * tightest node, and back when a later one fits nowhere, until the budget is spent. Lives for one
 * decision.
 */
final class Search {
  /** Places tried for one member at one point, so that the search goes back further as well. */
  private static final int BRANCHES = 8;

  private record Trial(int node, Fit.Fits fit) {}

  private final Classes classes;
  private final List<Integer> order;
  private final Node[] nodes;
  private final Budget budget;
  // By class, then by node: what it says to the shape now; null when not asked yet.
  private final @Nullable Fit[][] fits;
  private final Map<String, Integer> positions = new TreeMap<>();
  private final Map<String, Pods> pods = new TreeMap<>();
  private final List<List<Hold>> placed = new ArrayList<>();
  private List<List<Hold>> most = List.of();

  private Search(List<Node> nodes, Classes classes, List<Integer> order, Budget budget) {
    this.classes = classes;
    this.order = order;
    this.nodes = nodes.toArray(Node[]::new);
    this.budget = budget;
    this.fits = new Fit[classes.size()][nodes.size()];
    for (int n = 0; n < this.nodes.length; n++) {
      positions.put(this.nodes[n].name(), n);
    }
  }

  /** The members' holds in their order; only some of them, in any order, when not all fit. */
  static Assignment of(List<Node> nodes, List<Shape> members, Classes classes, Budget budget) {
    List<Integer> order = Order.of(members);
    List<Integer> byClass =
        order.stream().map(m -> classes.shapes().indexOf(members.get(m))).toList();
    Search search = new Search(nodes, classes, byClass, budget);
    if (!search.place(0)) {
      return new Assignment(search.most);
    }
    List<List<Hold>> inOrder = new ArrayList<>(search.placed);
    for (int i = 0; i < order.size(); i++) {
      inOrder.set(order.get(i), search.placed.get(i));
    }
    return new Assignment(inOrder);
  }

  private boolean place(int member) {
    if (member > most.size()) {
      most = List.copyOf(placed);
    }
    if (member == order.size()) {
      return true;
    }
    int c = order.get(member);
    return classes.shapes().get(c).accelerator() instanceof TpuSlice slice
        ? placeSlice(member, classes.shapes().get(c), slice)
        : placeOnNode(member, c);
  }

  private boolean placeSlice(int member, Shape shape, TpuSlice slice) {
    Pods tori = pods.computeIfAbsent(slice.generation(), g -> Pods.of(List.of(nodes), g));
    List<Part> parts = tori.place(shape, slice);
    budget.spend(nodes.length);
    if (parts.isEmpty()) {
      return false;
    }
    List<Hold> holds = new ArrayList<>();
    for (Part part : parts) {
      Hold hold = new Hold(part.host().name(), shape, part.chips());
      int n = positions.getOrDefault(hold.node(), 0);
      Node taken = nodes[n].with(hold.lease(id(holds), nodes[n]));
      set(n, taken);
      tori.put(taken);
      holds.add(hold);
    }
    placed.add(List.copyOf(holds));
    // Where a slice lies is not tried anew: its place spoils least of all.
    return place(member + 1);
  }

  private boolean placeOnNode(int member, int c) {
    List<Trial> trials = trials(c);
    for (Trial trial : trials) {
      // The first way down is always walked to its end; only going back costs budget.
      if (trial != trials.getFirst() && budget.spent()) {
        return false;
      }
      Node before = nodes[trial.node()];
      Hold hold = new Hold(before.name(), classes.shapes().get(c), trial.fit().devices());
      set(trial.node(), before.with(hold.lease(id(List.of()), before)));
      placed.add(List.of(hold));
      if (place(member + 1)) {
        return true;
      }
      placed.removeLast();
      set(trial.node(), before);
    }
    return false;
  }

  private String id(List<Hold> parts) {
    return "member#" + placed.size() + "." + parts.size();
  }

  private void set(int n, Node node) {
    nodes[n] = node;
    for (@Nullable Fit[] ofClass : fits) {
      ofClass[n] = null;
    }
  }

  /** The best places, best first, of like ones only the first. */
  private List<Trial> trials(int c) {
    List<Trial> best = new ArrayList<>();
    for (int n = 0; n < nodes.length; n++) {
      if (fit(c, n) instanceof Fit.Fits fit) {
        insert(best, new Trial(n, fit));
      }
    }
    return best;
  }

  private Fit fit(int c, int n) {
    Fit known = fits[c][n];
    if (known == null) {
      budget.spend(1);
      known = NodeFit.of(nodes[n], classes.shapes().get(c));
      fits[c][n] = known;
    }
    return known;
  }

  private void insert(List<Trial> best, Trial trial) {
    int at = best.size();
    while (at > 0 && compare(trial, best.get(at - 1)) < 0) {
      at--;
    }
    if (at < BRANCHES && (at == 0 || !alike(best.get(at - 1), trial))) {
      best.add(at, trial);
      if (best.size() > BRANCHES) {
        best.removeLast();
      }
    }
  }

  private int compare(Trial a, Trial b) {
    int order = a.fit().score().compareTo(b.fit().score());
    return order != 0 ? order : Long.compare(nodes[a.node()].cpuFree(), nodes[b.node()].cpuFree());
  }

  private boolean alike(Trial a, Trial b) {
    return compare(a, b) == 0
        && nodes[a.node()].memoryFree() == nodes[b.node()].memoryFree()
        && a.fit().devices().getFirst().model().equals(b.fit().devices().getFirst().model());
  }
}
