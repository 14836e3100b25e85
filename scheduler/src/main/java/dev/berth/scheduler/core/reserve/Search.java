package dev.berth.scheduler.core.reserve;

import dev.berth.collect.OrderedMap;
import dev.berth.scheduler.core.fit.Placer;
import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.gang.GangPlacer;
import dev.berth.scheduler.core.model.Lease;
import dev.berth.scheduler.core.model.Placement;
import dev.berth.scheduler.core.model.Request;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The earliest start of one waiting request over a profile that delays no standing reservation.
 * Something can become possible only when something ends, so only those times are tried.
 */
final class Search {
  private final Profile profile;
  private final List<Reservation> standing;
  private final Placement.Waiting waiting;
  private final LongUnaryOperator end;
  private final Room room;
  private final TreeSet<Long> ends = new TreeSet<>();
  private List<Reservation> binding = List.of();
  private boolean counted;

  /** {@code end} says by when it has ended, given when it started. */
  Search(
      Profile profile,
      List<Reservation> standing,
      Placement.Waiting waiting,
      LongUnaryOperator end) {
    this.profile = profile;
    this.standing = standing;
    this.waiting = waiting;
    this.end = end;
    this.room = new Room(waiting.request().members());
    standing.forEach(reservation -> ends.add(reservation.endNanos()));
  }

  /** Null when it fits at no time before {@code limit}, if ever. */
  @Nullable Reservation earliest(long limit) {
    for (int i = 0; profile.point(i) instanceof Profile.Point point && point.nanos() < limit; i++) {
      Profile.Point next = profile.point(i + 1);
      Reservation found = at(point, point.nanos(), point.changed());
      long until = next == null ? Bound.NEVER : next.nanos();
      for (Long t = ends.higher(point.nanos());
          found == null && t != null && t < until;
          t = ends.higher(t)) {
        found = at(point, t, Set.of());
      }
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private @Nullable Reservation at(Profile.Point point, long nanos, Set<String> changed) {
    long until = end.applyAsLong(nanos);
    List<Reservation> now = standing.stream().filter(r -> r.overlaps(nanos, until)).toList();
    boolean possible = count(point.nodes(), now, changed);
    if (!possible) {
      return null;
    }
    OrderedMap<String, Node> view = Shadow.over(point.nodes(), now);
    Request request = waiting.request();
    return GangPlacer.asked(view, request) instanceof Placer.Trial.Complete complete
        ? reservation(complete.leases(), nanos, until)
        : null;
  }

  /** Brings the counts up to date; true when there may be room. */
  private boolean count(
      OrderedMap<String, Node> nodes, List<Reservation> now, Set<String> changed) {
    Set<String> again = new TreeSet<>(changed);
    if (!now.equals(binding)) {
      binding.forEach(reservation -> again.addAll(reservation.nodes()));
      now.forEach(reservation -> again.addAll(reservation.nodes()));
      binding = now;
    }
    if (!counted) {
      again.addAll(nodes.keySet());
      counted = true;
    }
    for (String name : again) {
      Node node = nodes.get(name);
      if (node != null) {
        room.count(Shadow.cast(node, now));
      }
    }
    return room.enough();
  }

  private Reservation reservation(List<Lease> leases, long start, long until) {
    return new Reservation(waiting, start, until, leases, ending(profile, leases, start));
  }

  /** The leases beside {@code leases} that are expected to have ended by {@code start}. */
  static Set<String> ending(Profile profile, List<Lease> leases, long start) {
    OrderedMap<String, Node> nodes = profile.start();
    Set<String> ending = new HashSet<>();
    for (Lease lease : leases) {
      Node node = nodes.get(lease.node());
      if (node != null) {
        node.leases().keySet().stream().filter(l -> profile.end(l) <= start).forEach(ending::add);
      }
    }
    return ending;
  }
}
