package dev.berth.scheduler.core.whatif;

import dev.berth.scheduler.core.fit.Fit;
import dev.berth.scheduler.core.fit.NodeFit;
import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.model.Lease;
import dev.berth.scheduler.core.model.Placement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The placement, or else the two that share a node, whose release would admit the request and that
 * hold least. The search looks at the smallest {@link #MAX_CANDIDATES} that are in the way.
 */
final class ReleaseChanges {
  private static final int MAX_CANDIDATES = 256;
  private static final int MAX_PAIRED = 64;

  /** When what so many would free goes to the queue, so will the rest. */
  private static final int MAX_PROOFS = 12;

  /** A placement with what it holds. */
  private record Holder(Placement.Placed placed, long weight, Set<String> nodes) {
    static final Comparator<Holder> SMALLEST =
        Comparator.comparingLong(Holder::weight)
            .thenComparingLong(h -> h.placed().leases().stream().mapToLong(Lease::cpuMilli).sum())
            .thenComparing(h -> h.placed().id());

    boolean meets(Holder other) {
      return nodes.stream().anyMatch(other.nodes()::contains);
    }
  }

  private final Trial trial;

  private ReleaseChanges(Trial trial) {
    this.trial = trial;
  }

  static List<Change> of(Trial trial) {
    ReleaseChanges changes = new ReleaseChanges(trial);
    List<Holder> holders = changes.holders();
    List<Change> one = changes.first(holders.stream().map(List::of).toList());
    return one.isEmpty() ? changes.first(pairs(holders)) : one;
  }

  /** Smallest first; only those on a node that could hold the stuck member if it were empty. */
  private List<Holder> holders() {
    Set<String> useful = new HashSet<>();
    for (Node node : trial.state.nodes().values()) {
      if (node.ready() && !node.leases().isEmpty() && couldHold(node)) {
        useful.add(node.name());
      }
    }
    return trial.state.placements().values().stream()
        .filter(Placement.Placed.class::isInstance)
        .map(Placement.Placed.class::cast)
        .filter(p -> p.leases().stream().anyMatch(lease -> useful.contains(lease.node())))
        .map(this::holder)
        .sorted(Holder.SMALLEST)
        .limit(MAX_CANDIDATES)
        .toList();
  }

  private boolean couldHold(Node node) {
    return NodeFit.of(node.emptied(), trial.shape()) instanceof Fit.Fits;
  }

  private Holder holder(Placement.Placed placed) {
    Set<String> nodes = placed.leases().stream().map(Lease::node).collect(Collectors.toSet());
    return new Holder(placed, Weights.milliDevices(trial.state, placed.leases()), nodes);
  }

  private static List<List<Holder>> pairs(List<Holder> holders) {
    List<Holder> few = holders.subList(0, Math.min(MAX_PAIRED, holders.size()));
    List<List<Holder>> pairs = new ArrayList<>();
    for (int i = 0; i < few.size(); i++) {
      for (int j = i + 1; j < few.size(); j++) {
        if (few.get(i).meets(few.get(j))) {
          pairs.add(List.of(few.get(i), few.get(j)));
        }
      }
    }
    pairs.sort(Comparator.comparingLong(ReleaseChanges::weight));
    return pairs;
  }

  private static long weight(List<Holder> holders) {
    return holders.stream().mapToLong(Holder::weight).sum();
  }

  private List<Change> first(List<List<Holder>> sets) {
    int proofs = 0;
    for (List<Holder> set : sets) {
      List<Lease> leases = set.stream().flatMap(h -> h.placed().leases().stream()).toList();
      if (proofs < MAX_PROOFS
          && WaitChanges.freed(trial, leases)
          && trial.fits(WaitChanges.without(trial.state.nodes(), leases), trial.request)) {
        Change.Released change =
            new Change.Released(set.stream().map(h -> h.placed().id()).toList(), weight(set));
        proofs++;
        if (trial.admits(change)) {
          return List.of(change);
        }
      }
    }
    return List.of();
  }
}
