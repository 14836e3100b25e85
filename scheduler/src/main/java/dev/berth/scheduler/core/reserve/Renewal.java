package dev.berth.scheduler.core.reserve;

import dev.berth.scheduler.core.QueueOrder;
import dev.berth.scheduler.core.State;
import dev.berth.scheduler.core.fit.LeaseFit;
import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.model.Lease;
import dev.berth.scheduler.core.model.Placement;
import dev.berth.scheduler.core.queue.Positions;
import dev.berth.scheduler.core.quota.Book;
import dev.berth.scheduler.core.quota.Charge;
import dev.berth.scheduler.core.quota.QuotaVerdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes the reservations of the first waiting requests anew. One that still holds is kept, so its
 * room does not wander over the fleet, unless another place is expected in half the time; and no
 * reservation is made that would delay another.
 */
public final class Renewal {
  private static final long SECOND = 1_000_000_000L;
  private static final int PLACEMENTS_PER_SECOND = 50_000;
  private static final int NODES_PER_SECOND = 5_000;

  private final State state;
  private final Profile profile;

  private Renewal(State state, long now) {
    this.state = state;
    this.profile =
        Profile.of(
            state.nodes(),
            state.placements().values(),
            now,
            placement -> Expected.end(state.outlook().durations(), placement, now));
  }

  /**
   * True when it is time again; the larger the fleet the rarer, as a renewal looks at all of it.
   */
  public static boolean due(State state, long now) {
    Outlook outlook = state.outlook();
    long period =
        1
            + state.placements().size() / PLACEMENTS_PER_SECOND
            + state.nodes().size() / NODES_PER_SECOND;
    return !(state.queue().isEmpty() && outlook.reservations().isEmpty())
        && now - outlook.madeNanos() >= period * SECOND;
  }

  /**
   * Reservations of the first {@code depth} waiting placements whose turn it is next; within a
   * quota queue that is by arrival, whatever else decides there, so that nobody starves.
   */
  public static List<Reservation> of(State state, long now, int depth) {
    return new Renewal(state, now).renew(depth);
  }

  private List<Reservation> renew(int depth) {
    List<Placement.Waiting> first = first(depth);
    Map<String, Reservation> standing = stillStanding(first);
    for (Placement.Waiting waiting : first) {
      Reservation old = standing.remove(waiting.id());
      Reservation best = best(waiting, old, List.copyOf(standing.values()));
      if (best != null) {
        standing.put(waiting.id(), best);
      }
    }
    return inOrder(first, standing);
  }

  private List<Placement.Waiting> first(int depth) {
    List<Placement.Waiting> first = new ArrayList<>();
    int nominees = state.book().nominees().size();
    Positions positions = new Positions(QueueOrder.ARRIVAL, profile.now());
    for (Placement.Waiting waiting : positions.first(state, depth + nominees)) {
      if (waiting.nomination() == null && withinQuota(waiting)) {
        first.add(waiting);
      }
    }
    return first;
  }

  /** Room that its quota would not let it have is not reserved. */
  private boolean withinQuota(Placement.Waiting waiting) {
    Book book = state.book();
    return QuotaVerdict.of(book.tree(), book.promised(waiting.id()), Charge.of(waiting.request()))
        instanceof QuotaVerdict.Admitted;
  }

  private Map<String, Reservation> stillStanding(List<Placement.Waiting> first) {
    Map<String, Reservation> standing = new HashMap<>();
    for (Placement.Waiting waiting : first) {
      Reservation old = state.outlook().reservation(waiting.id());
      Reservation kept = old == null ? null : kept(old, inOrder(first, standing));
      if (kept != null) {
        standing.put(waiting.id(), kept);
      }
    }
    return standing;
  }

  private static List<Reservation> inOrder(
      List<Placement.Waiting> order, Map<String, Reservation> standing) {
    List<Reservation> list = new ArrayList<>();
    for (Placement.Waiting waiting : order) {
      Reservation reservation = standing.get(waiting.id());
      if (reservation != null) {
        list.add(reservation);
      }
    }
    return list;
  }

  private @Nullable Reservation best(
      Placement.Waiting waiting, @Nullable Reservation old, List<Reservation> others) {
    long limit = old == null ? Bound.NEVER : profile.now() + (old.startNanos() - profile.now()) / 2;
    Reservation found =
        new Search(profile, others, waiting, start -> end(waiting, start)).earliest(limit);
    return found == null ? old : found;
  }

  private long end(Placement.Waiting waiting, long start) {
    return Bound.end(state.outlook().durations(), waiting.request(), start);
  }

  /** The same place at the time that is expected now; null when it cannot be had any more. */
  private @Nullable Reservation kept(Reservation old, List<Reservation> others) {
    long ready = profile.now();
    for (String node : old.nodes()) {
      for (String lease : leases(node)) {
        long end = profile.end(lease);
        if (end != Bound.NEVER && (end <= old.startNanos() || old.ending().contains(lease))) {
          ready = Math.max(ready, end);
        }
      }
    }
    Reservation soon = at(old, ready, others);
    return soon != null || ready >= old.startNanos() ? soon : at(old, old.startNanos(), others);
  }

  private Set<String> leases(String name) {
    Node node = profile.start().get(name);
    return node == null ? Set.of() : node.leases().keySet();
  }

  private @Nullable Reservation at(Reservation old, long start, List<Reservation> others) {
    long end = end(old.holder(), start);
    Set<String> ending = Search.ending(profile, old.leases(), start);
    List<Reservation> binding = others.stream().filter(r -> r.overlaps(start, end)).toList();
    Map<String, Node> nodes = new HashMap<>();
    for (Lease lease : old.leases()) {
      Node node = nodes.computeIfAbsent(lease.node(), n -> then(n, ending, binding));
      if (node == null || !LeaseFit.fits(node, lease)) {
        return null;
      }
      nodes.put(lease.node(), node.with(lease));
    }
    return new Reservation(old.holder(), start, end, old.leases(), new HashSet<>(ending));
  }

  private @Nullable Node then(String name, Set<String> ending, List<Reservation> binding) {
    Node node = profile.start().get(name);
    return node == null ? null : Shadow.cast(Shadow.without(node, ending), binding);
  }
}
