package dev.berth.scheduler.core.reserve;

import dev.berth.collect.OrderedMap;
import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.model.Lease;
import dev.berth.scheduler.core.model.Placement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The fleet over time when nothing new starts: what runs ends when it is expected to, and the
 * capacity steps up. Each point is computed when it is first asked for. Lives for one plan.
 */
public final class Profile {
  /** Ends that are looked at one by one; all that end later are taken to end with the last one. */
  static final int MAX_ENDS = 2_048;

  /**
   * From {@code nanos} on the fleet is {@code nodes}; {@code changed} are the nodes that differ.
   */
  record Point(long nanos, OrderedMap<String, Node> nodes, Set<String> changed) {}

  private record Ending(long nanos, Placement placement) {}

  private static final Comparator<Ending> ORDER =
      Comparator.comparingLong(Ending::nanos).thenComparing(ending -> ending.placement().id());

  private final long now;
  private final List<Ending> endings;
  private final Map<String, Long> ends = new HashMap<>();
  private final List<Point> points = new ArrayList<>();
  private int used;

  private Profile(long now, OrderedMap<String, Node> nodes, List<Ending> endings) {
    this.now = now;
    this.endings = endings;
    points.add(new Point(now, nodes, Set.of()));
  }

  /** {@code end} says when (unix nanoseconds) a placement that holds devices gives them back. */
  public static Profile of(
      OrderedMap<String, Node> nodes,
      Iterable<Placement> placements,
      long now,
      ToLongFunction<Placement> end) {
    List<Ending> endings = new ArrayList<>();
    for (Placement placement : placements) {
      if (!placement.leases().isEmpty()) {
        endings.add(new Ending(Math.max(now, end.applyAsLong(placement)), placement));
      }
    }
    endings.sort(ORDER);
    Profile profile = new Profile(now, nodes, endings);
    endings.forEach(e -> e.placement().leases().forEach(l -> profile.ends.put(l.id(), e.nanos())));
    return profile;
  }

  /** The fleet as it is now. */
  OrderedMap<String, Node> start() {
    return points.getFirst().nodes();
  }

  long now() {
    return now;
  }

  /** When this lease is expected to end; {@link Bound#NEVER} when it is not known. */
  long end(String lease) {
    return ends.getOrDefault(lease, Bound.NEVER);
  }

  /** The points in order of time; null after the last. */
  @Nullable Point point(int i) {
    while (points.size() <= i && used < endings.size()) {
      points.add(next(points.getLast()));
    }
    return i < points.size() ? points.get(i) : null;
  }

  /** The last point that is not after {@code nanos}. */
  Point before(long nanos) {
    int i = 0;
    for (Point next = point(1); next != null && next.nanos() <= nanos; next = point(i + 1)) {
      i++;
    }
    return points.get(i);
  }

  private Point next(Point last) {
    boolean all = points.size() >= MAX_ENDS;
    long nanos = all ? endings.getLast().nanos() : endings.get(used).nanos();
    OrderedMap<String, Node> nodes = last.nodes();
    Set<String> changed = new TreeSet<>();
    while (used < endings.size() && endings.get(used).nanos() <= nanos) {
      for (Lease lease : endings.get(used++).placement().leases()) {
        Node node = nodes.get(lease.node());
        nodes = node == null ? nodes : nodes.with(lease.node(), node.without(lease.id()));
        changed.add(lease.node());
      }
    }
    return new Point(nanos, nodes, changed);
  }
}
