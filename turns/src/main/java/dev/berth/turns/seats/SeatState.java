package dev.berth.turns.seats;

import dev.berth.collect.OrderedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/** Which Space has seats where; immutable. */
public record SeatState(
    SeatPolicy policy, OrderedMap<Integer, Node> nodes, OrderedMap<String, Seats> spaces) {

  public record Node(long cpuMilli, long memoryMib, int devices) {}

  /** A seat counts from the start of its pod to its end. */
  public enum Phase {
    STARTING,
    SERVING,
    DRAINING
  }

  /**
   * The seats of one Space.
   *
   * @param cpuMilli and {@code memoryMib} of each seat's pod
   * @param demandMilli as last observed
   * @param changedAt unix nanoseconds of the last seat added or moved; {@link #NEVER} before
   * @param most that it may have at once
   */
  public record Seats(
      long cpuMilli,
      long memoryMib,
      long demandMilli,
      long changedAt,
      int most,
      OrderedMap<Integer, Phase> phases) {
    public static final long NEVER = Long.MIN_VALUE;

    Seats with(int node, Phase phase) {
      return new Seats(cpuMilli, memoryMib, demandMilli, changedAt, most, phases.with(node, phase));
    }

    Seats without(int node) {
      return new Seats(cpuMilli, memoryMib, demandMilli, changedAt, most, phases.without(node));
    }

    Seats changed(long now) {
      return new Seats(cpuMilli, memoryMib, demandMilli, now, most, phases);
    }

    Seats demanding(long milli) {
      return new Seats(cpuMilli, memoryMib, milli, changedAt, most, phases);
    }

    /** Those that serve or soon will. */
    SortedSet<Integer> staying() {
      TreeSet<Integer> nodes = new TreeSet<>(phases.keySet());
      nodes.removeIf(n -> phases.get(n) == Phase.DRAINING);
      return nodes;
    }
  }

  public static SeatState empty(SeatPolicy policy) {
    return new SeatState(policy, OrderedMap.empty(), OrderedMap.empty());
  }

  /** The nodes to which calls of a Space may go. */
  public SortedSet<Integer> serving(String space) {
    Seats seats = spaces.get(space);
    TreeSet<Integer> nodes = new TreeSet<>();
    if (seats != null) {
      seats
          .phases()
          .forEach(
              (node, phase) -> {
                if (phase == Phase.SERVING) {
                  nodes.add(node);
                }
              });
    }
    return nodes;
  }

  /** Seats of a Space in any phase. */
  public int seats(String space) {
    Seats seats = spaces.get(space);
    return seats == null ? 0 : seats.phases().size();
  }

  SeatState with(String space, Seats seats) {
    return new SeatState(policy, nodes, spaces.with(space, seats));
  }
}
