package dev.berth.turns.seats;

import java.util.Map;

/** What can happen to seats. */
public sealed interface SeatEvent {
  /** A node can take seats. Repeated when its size changes. */
  record NodeUp(int node, long cpuMilli, long memoryMib, int devices) implements SeatEvent {}

  /** A node is gone with all its seats; its Spaces are seated anew at the next {@link Observed}. */
  record NodeDown(int node) implements SeatEvent {}

  /** A Space wants to be hosted: it gets its first seat. */
  record SpaceUp(String space, long cpuMilli, long memoryMib) implements SeatEvent {}

  record SpaceDown(String space) implements SeatEvent {}

  /** The pod of a seat serves. */
  record SeatReady(String space, int node) implements SeatEvent {}

  /** The pod of a seat that was to go has nothing under way any more and is gone. */
  record SeatGone(String space, int node) implements SeatEvent {}

  /**
   * What was seen since the last one; some seconds apart.
   *
   * @param demandMilli of each Space, in thousandths of a device busy all the time
   * @param waitingSpaces Spaces with turns that wait, and how many
   * @param waitNanos to be expected by a turn that comes to a node now
   */
  record Observed(
      Map<String, Long> demandMilli,
      Map<String, Integer> waitingSpaces,
      Map<Integer, Long> waitNanos)
      implements SeatEvent {}
}
