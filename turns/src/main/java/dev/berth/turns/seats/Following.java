package dev.berth.turns.seats;

import dev.berth.turns.seats.SeatAdvice.Change;
import dev.berth.turns.seats.SeatView.Seat;
import dev.berth.turns.seats.SeatView.SpaceView;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** What becomes of an advice, as its Space's seats are seen to follow it or not. */
final class Following {
  /** A seat in use for so long after it was to go is ended all the same. */
  static final long DRAIN_NANOS = 120_000_000_000L;

  private final SpaceView space;
  private final long patienceNanos;
  private final long now;

  private Following(SpaceView space, long patienceNanos, long now) {
    this.space = space;
    this.patienceNanos = patienceNanos;
    this.now = now;
  }

  /**
   * @param prior null for a Space that is seen first: it rests for as long as after a change, since
   *     a former leader may just have changed it
   */
  static SeatAdvice follow(
      @Nullable SeatAdvice prior, SpaceView space, long patienceNanos, long now) {
    return prior == null
        ? SeatAdvice.of(space.slots(), now)
        : new Following(space, patienceNanos, now).follow(prior);
  }

  private SeatAdvice follow(SeatAdvice advice) {
    return switch (advice.change()) {
      case Change.None none -> settled(advice);
      case Change.Adding adding -> added(advice, adding);
      case Change.Draining draining -> drained(advice, draining);
      case Change.Dropping dropping -> dropped(advice, dropping);
      case Change.Moving moving -> space.steady() ? advice.done(now) : advice.resting(now);
    };
  }

  private SeatAdvice settled(SeatAdvice advice) {
    if (!space.steady()) {
      return advice.resting(now);
    }
    SortedSet<Integer> slots = space.slots();
    return slots.equals(advice.slots()) ? advice : advice.adopt(slots, now);
  }

  private SeatAdvice added(SeatAdvice advice, Change.Adding adding) {
    if (space.steady() && space.slots().equals(advice.slots())) {
      return advice.done(now);
    }
    if (now - adding.since() < patienceNanos) {
      return advice.resting(now);
    }
    // Not asked for: the owner has a number of its own. Asked for, but waiting: there is no room.
    boolean asked = space.slots().contains(adding.slot());
    SortedSet<Integer> without = advice.dropping(adding.slot(), now).slots();
    return asked ? advice.adopt(without, now) : advice.pinned(without, now);
  }

  private SeatAdvice drained(SeatAdvice advice, Change.Draining draining) {
    if (!space.steady()) {
      return advice.resting(now);
    }
    if (!space.slots().equals(advice.slots()) || advice.slots().size() < 2) {
      return advice.adopt(space.slots(), now);
    }
    return idle(draining.slot()) || now - draining.since() >= DRAIN_NANOS
        ? advice.dropping(draining.slot(), now)
        : advice.resting(now);
  }

  private boolean idle(int slot) {
    return space.seats().stream()
        .filter(seat -> seat.slot() == slot)
        .map(Seat::use)
        .allMatch(use -> use.known() && use.idle());
  }

  private SeatAdvice dropped(SeatAdvice advice, Change.Dropping dropping) {
    if (space.slots().equals(advice.slots())) {
      return advice.done(now);
    }
    return space.steady() && now - dropping.since() >= patienceNanos
        ? advice.pinned(space.slots(), now)
        : advice.resting(now);
  }
}
