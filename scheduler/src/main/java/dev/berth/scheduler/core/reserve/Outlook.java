package dev.berth.scheduler.core.reserve;

import dev.berth.scheduler.core.model.Placement;
import dev.berth.scheduler.core.model.Request;
import dev.berth.scheduler.core.time.Durations;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is expected of the future: learned run times, and the reservations in queue order as they
 * were made at {@code madeNanos}. Not stored; a new leader makes it anew.
 */
public record Outlook(Durations durations, List<Reservation> reservations, long madeNanos) {
  public static final Outlook EMPTY = new Outlook(Durations.NONE, List.of(), 0);

  public Outlook {
    reservations = List.copyOf(reservations);
  }

  public Outlook learn(Request request, long nanos) {
    return new Outlook(durations.learn(request, nanos), reservations, madeNanos);
  }

  public Outlook with(List<Reservation> now, long madeNanos) {
    return new Outlook(durations, now, madeNanos);
  }

  /** Without what is reserved for this placement. */
  public Outlook without(String id) {
    return reservation(id) == null
        ? this
        : with(reservations.stream().filter(r -> !r.id().equals(id)).toList(), madeNanos);
  }

  /** After {@code placed} started: what ends before a reservation is not in its way. */
  public Outlook started(Placement.Placed placed) {
    if (reservations.isEmpty()) {
      return this;
    }
    long start = placed.placedNanos();
    long end = Bound.end(durations, placed.request(), start);
    List<Reservation> now = new ArrayList<>();
    for (Reservation reservation : without(placed.id()).reservations) {
      now.add(
          reservation.overlaps(start, end) ? reservation : reservation.outlives(placed.leases()));
    }
    return with(now, madeNanos);
  }

  public @Nullable Reservation reservation(String id) {
    for (Reservation reservation : reservations) {
      if (reservation.id().equals(id)) {
        return reservation;
      }
    }
    return null;
  }

  /**
   * The reservations that {@code request} must not delay when it starts at {@code now}: of others,
   * not of a lower priority, and due before it has ended for all that is known.
   */
  List<Reservation> binding(Request request, long now) {
    if (reservations.isEmpty()) {
      return List.of();
    }
    long end = Bound.end(durations, request, now);
    return reservations.stream()
        .filter(r -> !r.id().equals(request.id()))
        .filter(r -> r.priority() >= request.policy().priority() && r.overlaps(now, end))
        .toList();
  }
}
