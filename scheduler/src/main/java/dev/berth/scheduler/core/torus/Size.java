package dev.berth.scheduler.core.torus;

import dev.berth.scheduler.core.fit.TpuTopology;
import dev.berth.scheduler.core.model.Accelerator.TpuSlice;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** The size of a cuboid in one orientation, in chips. */
record Size(int x, int y, int z) {
  int volume() {
    return x * y * z;
  }

  /** A slice starts at multiples of the largest power of two that divides its side. */
  static int step(int side) {
    return Integer.lowestOneBit(side);
  }

  boolean within(Size pod) {
    return x <= pod.x && y <= pod.y && z <= pod.z;
  }

  /** The orientations of a slice. */
  static Set<Size> turned(TpuSlice s) {
    return new LinkedHashSet<>(
        List.of(
            new Size(s.x(), s.y(), s.z()),
            new Size(s.x(), s.z(), s.y()),
            new Size(s.y(), s.x(), s.z()),
            new Size(s.y(), s.z(), s.x()),
            new Size(s.z(), s.x(), s.y()),
            new Size(s.z(), s.y(), s.x())));
  }

  /** The legal slices of a pod that are worth keeping free: sides a power of two, or cubes of 4. */
  static List<Size> legal(String generation, Size pod) {
    List<Size> all = new ArrayList<>();
    for (int x : sides(pod.x)) {
      for (int y : sides(pod.y)) {
        for (int z : sides(pod.z)) {
          if (TpuTopology.legal(generation, x, y, z)) {
            all.add(new Size(x, y, z));
          }
        }
      }
    }
    return all;
  }

  private static int[] sides(int most) {
    IntPredicate kept = side -> Integer.bitCount(side) == 1 || side % 4 == 0;
    return IntStream.rangeClosed(1, most).filter(kept).toArray();
  }
}
