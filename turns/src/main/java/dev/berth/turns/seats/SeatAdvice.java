package dev.berth.turns.seats;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What is advised for one Space. At most one change is under way at a time.
 *
 * @param slots of the seats it should have; never empty
 * @param changedAt unix nanoseconds at which its seats were last seen to change
 * @param pinnedUntil its owner did not follow advice: until then its number is left alone
 */
public record SeatAdvice(
    SortedSet<Integer> slots, Change change, long changedAt, long pinnedUntil) {
  /** An owner that has a number of its own is asked again after so long. */
  private static final long PIN_NANOS = 600_000_000_000L;

  /** Since when it is under way, in unix nanoseconds. */
  public sealed interface Change {
    /** Nothing is under way. */
    record None() implements Change {}

    /** The slot is new; its seat is to lie on the node. */
    record Adding(int slot, String node, long since) implements Change {}

    /** The slot goes once no turn of its seat is left. */
    record Draining(int slot, long since) implements Change {}

    /** The slot is not among those advised any more. */
    record Dropping(int slot, long since) implements Change {}

    /** The target of the placement's move is to be reserved. */
    record Moving(String placement, String node, long since) implements Change {}
  }

  static final Change NONE = new Change.None();

  public SeatAdvice {
    if (slots.isEmpty()) {
      throw new IllegalArgumentException("Seats of a Space: expected at least one slot, got none");
    }
    slots = Collections.unmodifiableSortedSet(new TreeSet<>(slots));
  }

  static SeatAdvice of(SortedSet<Integer> slots, long now) {
    return new SeatAdvice(slots, NONE, now, 0);
  }

  SeatAdvice done(long now) {
    return new SeatAdvice(slots, NONE, now, pinnedUntil);
  }

  /** The owner has other seats than advised: so be it. */
  SeatAdvice adopt(SortedSet<Integer> others, long now) {
    return new SeatAdvice(others, NONE, now, 0);
  }

  /** The owner did not do what was advised. */
  SeatAdvice pinned(SortedSet<Integer> others, long now) {
    return new SeatAdvice(others, NONE, now, now + PIN_NANOS);
  }

  boolean isPinned(long now) {
    return now < pinnedUntil;
  }

  SeatAdvice resting(long now) {
    return new SeatAdvice(slots, change, now, pinnedUntil);
  }

  SeatAdvice with(Change next, long now) {
    return new SeatAdvice(slots, next, now, pinnedUntil);
  }

  SeatAdvice adding(int slot, String node, long now) {
    TreeSet<Integer> more = new TreeSet<>(slots);
    more.add(slot);
    return new SeatAdvice(more, new Change.Adding(slot, node, now), now, pinnedUntil);
  }

  SeatAdvice dropping(int slot, long now) {
    TreeSet<Integer> fewer = new TreeSet<>(slots);
    fewer.remove(slot);
    return new SeatAdvice(fewer, new Change.Dropping(slot, now), now, pinnedUntil);
  }
}
