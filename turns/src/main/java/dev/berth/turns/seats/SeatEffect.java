package dev.berth.turns.seats;

/** What is to be done about seats. */
public sealed interface SeatEffect {
  /** Start a pod of the Space on the node, then tell {@link SeatEvent.SeatReady}. */
  record Add(String space, int node) implements SeatEffect {}

  /** Send no new call there; when none is under way, end the pod: {@link SeatEvent.SeatGone}. */
  record Drain(String space, int node) implements SeatEffect {}

  /** Start a pod on {@code to}; when it serves, it takes the place of the one on {@code from}. */
  record Move(String space, int from, int to) implements SeatEffect {}

  /** No node has room for the Space's first seat: what it asks, and the most that is free. */
  record NoRoom(String space, long cpuMilli, long memoryMib, long freeCpuMilli, long freeMemoryMib)
      implements SeatEffect {}
}
