package dev.berth.turns.seats;

import dev.berth.turns.seats.SeatState.Node;
import dev.berth.turns.seats.SeatState.Seats;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * What is free on a node, and how much its devices are asked for.
 *
 * @param demandMilli of its seats, each Space's divided among its seats, over the node's devices
 */
record Room(int node, long freeCpuMilli, long freeMemoryMib, long demandMilli, int seats) {
  private static final Comparator<Room> LEAST_LOADED =
      Comparator.comparingLong(Room::demandMilli)
          .thenComparingInt(Room::seats)
          .thenComparingInt(Room::node);

  static Room of(SeatState state, int number, Node node) {
    long cpu = node.cpuMilli();
    long memory = node.memoryMib();
    long demand = 0;
    int count = 0;
    for (Seats seats : state.spaces().values()) {
      if (seats.phases().containsKey(number)) {
        cpu -= seats.cpuMilli();
        memory -= seats.memoryMib();
        demand += seats.demandMilli() / seats.phases().size();
        count++;
      }
    }
    return new Room(number, cpu, memory, demand / Math.max(1, node.devices()), count);
  }

  boolean fits(Seats seats) {
    return seats.cpuMilli() <= freeCpuMilli && seats.memoryMib() <= freeMemoryMib;
  }

  /** The allowed node with room whose devices are asked for least. */
  static Optional<Room> best(SeatState state, Seats seats, IntPredicate allowed) {
    return state.nodes().entrySet().stream()
        .filter(n -> allowed.test(n.getKey()) && !seats.phases().containsKey(n.getKey()))
        .map((Map.Entry<Integer, Node> n) -> of(state, n.getKey(), n.getValue()))
        .filter(room -> room.fits(seats))
        .min(LEAST_LOADED);
  }
}
