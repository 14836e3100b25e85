package dev.berth.turns.seats;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Where seats are placed, and what was heard of them lately. */
public record SeatView(SortedMap<String, NodeView> nodes, SortedMap<String, SpaceView> spaces) {
  public SeatView(Map<String, NodeView> nodes, Map<String, SpaceView> spaces) {
    this(new TreeMap<>(nodes), new TreeMap<>(spaces));
  }

  /**
   * A node that takes seats.
   *
   * @param devices that turns share there
   * @param heard whether its agent reported lately; no seat is added where it did not
   * @param waitNanos of a turn that comes now
   */
  public record NodeView(
      long freeCpuMilli, long freeMemoryMib, int devices, boolean heard, long waitNanos) {}

  /**
   * A Space that has placements.
   *
   * @param cpuMilli and {@code memoryMib} of each seat's pod
   * @param steady whether all that it has is placed, of one revision, and nothing moves
   */
  public record SpaceView(long cpuMilli, long memoryMib, List<Seat> seats, boolean steady) {
    public SpaceView {
      seats = List.copyOf(seats);
    }

    SortedSet<Integer> slots() {
      TreeSet<Integer> slots = new TreeSet<>();
      seats.forEach(seat -> slots.add(seat.slot()));
      return slots;
    }
  }

  /**
   * A placement of a Space.
   *
   * @param node empty while it waits for a place
   */
  public record Seat(String placement, int slot, String node, Use use) {}

  /**
   * What its agent said of a seat.
   *
   * @param known whether it said anything of it lately; the rest means nothing otherwise
   * @param demandMilli in thousandths of a device that is busy all the time
   * @param waiting calls that wait for a device or a limit
   * @param idle no turn of it runs or waits
   */
  public record Use(boolean known, long demandMilli, int waiting, boolean idle) {
    public static final Use UNKNOWN = new Use(false, 0, 0, false);
  }
}
