package dev.berth.scheduler.core.fit;

import dev.berth.scheduler.core.model.Accelerator.TpuSlice;
import dev.berth.scheduler.core.model.Torus;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A legal, aligned cuboid of a torus block: origin, size, and its chips as bits. */
record Cuboid(int atX, int atY, int atZ, int x, int y, int z, long bits) {

  /** All legal cuboids of a block, by size and then origin. */
  static List<Cuboid> all(Torus torus) {
    List<Cuboid> all = new ArrayList<>();
    for (int x = 1; x <= torus.x(); x++) {
      for (int y = 1; y <= torus.y(); y++) {
        for (int z = 1; z <= torus.z(); z++) {
          if (TpuTopology.legal(torus.generation(), x, y, z)) {
            addAligned(torus, x, y, z, all);
          }
        }
      }
    }
    return all;
  }

  static List<Cuboid> singles(Torus torus) {
    List<Cuboid> all = new ArrayList<>();
    addAligned(torus, 1, 1, 1, all);
    return all;
  }

  boolean hasShape(TpuSlice asked) {
    return Arrays.equals(sorted(x, y, z), sorted(asked.x(), asked.y(), asked.z()));
  }

  /** The device name of a single chip. */
  String name() {
    return "tpu-" + atX + "-" + atY + "-" + atZ;
  }

  static int[] sorted(int x, int y, int z) {
    int[] axes = {x, y, z};
    Arrays.sort(axes);
    return axes;
  }

  private static void addAligned(Torus torus, int x, int y, int z, List<Cuboid> all) {
    for (int ox = 0; ox + x <= torus.x(); ox += x) {
      for (int oy = 0; oy + y <= torus.y(); oy += y) {
        for (int oz = 0; oz + z <= torus.z(); oz += z) {
          all.add(new Cuboid(ox, oy, oz, x, y, z, bits(torus, ox, oy, oz, x, y, z)));
        }
      }
    }
  }

  private static long bits(Torus torus, int ox, int oy, int oz, int x, int y, int z) {
    long bits = 0;
    for (int cx = ox; cx < ox + x; cx++) {
      for (int cy = oy; cy < oy + y; cy++) {
        for (int cz = oz; cz < oz + z; cz++) {
          bits |= torus.bit(cx, cy, cz);
        }
      }
    }
    return bits;
  }
}
