package dev.berth.scheduler.core.reserve;

import dev.berth.collect.OrderedMap;
import dev.berth.scheduler.core.fit.LeaseFit;
import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.model.Lease;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The fleet as it looks to a request that must not delay reservations: what is free now and will
 * still be free once their holders have started.
 */
final class Shadow {
  private Shadow() {}

  static OrderedMap<String, Node> over(OrderedMap<String, Node> fleet, List<Reservation> standing) {
    Set<String> touched = new TreeSet<>();
    standing.forEach(reservation -> touched.addAll(reservation.nodes()));
    OrderedMap<String, Node> view = fleet;
    for (String name : touched) {
      Node node = fleet.get(name);
      view = node == null ? view : view.with(name, cast(node, standing));
    }
    return view;
  }

  static Node cast(Node node, List<Reservation> standing) {
    Node view = node;
    for (int i = 0; i < standing.size(); i++) {
      if (uses(standing.get(i), node.name())) {
        view = Overlay.of(view, at(node, standing, i));
      }
    }
    return view;
  }

  /** The node when the holder of reservation {@code i} starts, beside those that run then. */
  private static Node at(Node node, List<Reservation> standing, int i) {
    Reservation starts = standing.get(i);
    Node then = started(without(node, starts.ending()), starts);
    for (Reservation other : standing) {
      boolean runs =
          other.startNanos() <= starts.startNanos() && starts.startNanos() < other.endNanos();
      then = runs && !other.equals(starts) ? started(then, other) : then;
    }
    return then;
  }

  /** What does not fit is void: the reservation is made anew at the next occasion. */
  private static Node started(Node node, Reservation reservation) {
    Node then = node;
    for (Lease lease : reservation.leases()) {
      boolean here = lease.node().equals(node.name()) && LeaseFit.fits(then, lease);
      then = here ? then.with(lease) : then;
    }
    return then;
  }

  static Node without(Node node, Set<String> ending) {
    Node then = node;
    for (String lease : node.leases().keySet()) {
      then = ending.contains(lease) ? then.without(lease) : then;
    }
    return then;
  }

  private static boolean uses(Reservation reservation, String node) {
    return reservation.leases().stream().anyMatch(lease -> lease.node().equals(node));
  }
}
