package dev.berth.scheduler.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.scheduler.core.fit.TpuTopology;
import dev.berth.scheduler.core.model.Accelerator.TpuSlice;
import dev.berth.scheduler.core.model.Device;
import dev.berth.scheduler.core.model.Lease;
import dev.berth.scheduler.core.model.Placement;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random histories of slices on two pods: no placement that left more of the largest free slices
 * existed, of those that did none that left more of the next smaller ones, and so on. Counted here
 * chip by chip. {@code -Dberth.seed=N} replays one.
 */
class SliceFragmentTest {
  private static final int SIDE = 8;
  private static final int[][] SHAPES = {
    {1, 1}, {2, 2}, {2, 4}, {4, 2}, {4, 4}, {4, 8}, {8, 4}, {8, 8}
  };
  private int placements;
  private int choices;

  @Test
  void noFragmentCouldHaveBeenAvoided() {
    Long one = Long.getLong("berth.seed");
    for (long seed = one == null ? 1 : one; seed <= (one == null ? 60 : one); seed++) {
      try {
        run(new Random(seed));
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("Seed " + seed + " failed; replay with -Dberth.seed=" + seed, e);
      }
    }
    System.out.printf(
        "slices: %d placed, each against %d others%n", placements, choices / placements);
  }

  private void run(Random random) {
    Fleet fleet = new Fleet();
    for (int p = 0; p < 2; p++) {
      for (int y = 0; y < SIDE; y += 2) {
        for (int x = 0; x < SIDE; x += 2) {
          fleet.with("p" + p + "-" + x + "-" + y, Sites.host("p" + p, 2, 2, x, y, SIDE, SIDE));
        }
      }
    }
    List<String> held = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      if (!held.isEmpty() && random.nextInt(5) < 2) {
        fleet.free(held.remove(random.nextInt(held.size())));
        continue;
      }
      int[] shape = SHAPES[random.nextInt(SHAPES.length - 1)];
      BitSet before = free(fleet.state);
      if (fleet.place("s" + i, new TpuSlice("v5e", shape[0], shape[1], 1))
          instanceof Outcome.Placed) {
        held.add("s" + i);
        check(before, chips(fleet.placement("s" + i)), shape);
      } else {
        assertThat(places(before, shape)).as("refused though it fits").isEmpty();
        fleet.step(new Event.Release("s" + i));
      }
    }
  }

  private void check(BitSet before, BitSet taken, int[] shape) {
    List<BitSet> places = places(before, shape);
    assertThat(places).contains(taken);
    String best = left(before, taken);
    placements++;
    choices += places.size();
    for (BitSet other : places) {
      assertThat(left(before, other)).as("leaves more").isLessThanOrEqualTo(best);
    }
  }

  /** How many slices of each size are left, the largest first, as text in that order. */
  private static String left(BitSet free, BitSet taken) {
    BitSet rest = (BitSet) free.clone();
    rest.andNot(taken);
    StringBuilder left = new StringBuilder();
    for (int area = SIDE * SIDE; area >= 1; area /= 2) {
      int count = 0;
      for (int[] shape : SHAPES) {
        count += shape[0] * shape[1] == area ? boxes(rest, shape).size() : 0;
      }
      left.append("%04d ".formatted(count));
    }
    return left.toString();
  }

  /** Where the slice could go, turned or not. */
  private static List<BitSet> places(BitSet free, int[] shape) {
    List<BitSet> places = new ArrayList<>(boxes(free, shape));
    if (shape[0] != shape[1]) {
      places.addAll(boxes(free, new int[] {shape[1], shape[0]}));
    }
    return places;
  }

  private static List<BitSet> boxes(BitSet free, int[] shape) {
    assertThat(TpuTopology.legal("v5e", shape[0], shape[1], 1)).isTrue();
    List<BitSet> boxes = new ArrayList<>();
    for (int p = 0; p < 2; p++) {
      for (int y = 0; y + shape[1] <= SIDE; y += shape[1]) {
        for (int x = 0; x + shape[0] <= SIDE; x += shape[0]) {
          BitSet box = new BitSet();
          for (int cy = y; cy < y + shape[1]; cy++) {
            for (int cx = x; cx < x + shape[0]; cx++) {
              box.set(chip(p, cx, cy));
            }
          }
          BitSet overlap = (BitSet) box.clone();
          overlap.and(free);
          if (overlap.equals(box)) {
            boxes.add(box);
          }
        }
      }
    }
    return boxes;
  }

  private static BitSet free(State state) {
    BitSet free = new BitSet();
    free.set(0, 2 * SIDE * SIDE);
    state.placements().values().forEach(p -> free.andNot(chips(p)));
    return free;
  }

  private static BitSet chips(Placement placement) {
    BitSet chips = new BitSet();
    for (Lease lease : placement.leases()) {
      String[] at = lease.node().split("-");
      int pod = Integer.parseInt(at[0].substring(1));
      for (Device device : lease.devices()) {
        Device.TpuChip chip = (Device.TpuChip) device;
        chips.set(
            chip(pod, Integer.parseInt(at[1]) + chip.x(), Integer.parseInt(at[2]) + chip.y()));
      }
    }
    return chips;
  }

  private static int chip(int pod, int x, int y) {
    return pod * SIDE * SIDE + y * SIDE + x;
  }
}
