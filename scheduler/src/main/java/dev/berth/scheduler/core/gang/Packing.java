package dev.berth.scheduler.core.gang;

import dev.berth.scheduler.core.fit.Fit;
import dev.berth.scheduler.core.fit.NodeFit;
import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.model.Accelerator;
import dev.berth.scheduler.core.model.Shape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Packs members of one shape onto few nodes of a domain: the tightest node that can take all that
 * are left, or else the one that can take most. Nodes without accelerators go first for members
 * that need none.
 */
final class Packing {
  private record Bin(Node node, int room) {}

  private static final Comparator<Bin> TIGHTEST =
      Comparator.comparingInt(Bin::room)
          .thenComparingLong(bin -> bin.node().cpuFree())
          .thenComparing(bin -> bin.node().name());

  private Packing() {}

  /** {@code rooms} says how many fit on each node by name; fewer than {@code count} may come. */
  static Assignment of(List<Node> nodes, Shape shape, int count, Map<String, Integer> rooms) {
    List<List<Hold>> members = new ArrayList<>();
    for (int rank = 0; rank < 2; rank++) {
      List<Bin> bins = bins(nodes, shape, rooms, rank);
      for (int left = count - members.size(); left > 0 && !bins.isEmpty(); ) {
        Bin bin = take(bins, left);
        fill(bin.node(), shape, Math.min(left, bin.room()), members);
        left -= bin.room();
      }
    }
    return new Assignment(members);
  }

  private static List<Bin> bins(
      List<Node> nodes, Shape shape, Map<String, Integer> rooms, int rank) {
    List<Bin> bins = new ArrayList<>();
    for (Node node : nodes) {
      int room = rooms.getOrDefault(node.name(), 0);
      if (room > 0 && rank(node, shape) == rank) {
        bins.add(new Bin(node, room));
      }
    }
    bins.sort(TIGHTEST);
    return bins;
  }

  private static int rank(Node node, Shape shape) {
    return shape.accelerator() instanceof Accelerator.None && node.inventory().accelerated()
        ? 1
        : 0;
  }

  /** Removes the first bin that holds {@code left}, else the first of the largest ones. */
  private static Bin take(List<Bin> bins, int left) {
    int enough = Math.min(left, bins.getLast().room());
    int from = 0;
    int to = bins.size() - 1;
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (bins.get(middle).room() >= enough) {
        to = middle;
      } else {
        from = middle + 1;
      }
    }
    return bins.remove(from);
  }

  private static void fill(Node node, Shape shape, int count, List<List<Hold>> members) {
    Node filling = node;
    for (int i = 0; i < count && NodeFit.of(filling, shape) instanceof Fit.Fits fits; i++) {
      Hold hold = new Hold(node.name(), shape, fits.devices());
      filling = filling.with(hold.lease("member#" + members.size(), filling));
      members.add(List.of(hold));
    }
  }
}
