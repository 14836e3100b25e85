package dev.berth.scheduler.core.fit;

/**
 * Which cuboids of chips are slices. 2D generations: 1x1, then rectangles of powers of two with
 * sides equal or one to two, from 2x2 to 16x16. 3D generations: 2x2x1, 2x2x2, 2x2x4, 2x4x4 and
 * multiples of 4; Ironwood also a single chip. An unknown generation: anything. Source: the
 * topology tables of the Cloud TPU documentation.
 */
public final class TpuTopology {
  private TpuTopology() {}

  /** Whether a slice of this size exists, in any orientation. */
  public static boolean legal(String generation, int x, int y, int z) {
    int[] axes = Cuboid.sorted(x, y, z);
    return switch (generation) {
      case "v5e", "v6e" -> flat(axes);
      case "v4", "v5p" -> solid(axes);
      case "v7" -> axes[2] == 1 || solid(axes);
      default -> true; // Generations are data of the agents; only known ones can be judged.
    };
  }

  private static boolean flat(int[] axes) {
    boolean powers = Integer.bitCount(axes[1]) == 1 && Integer.bitCount(axes[2]) == 1;
    boolean near = axes[2] == axes[1] || axes[2] == 2 * axes[1];
    boolean single = axes[2] == 1;
    return axes[0] == 1 && powers && near && axes[2] <= 16 && (single || axes[1] >= 2);
  }

  private static boolean solid(int[] axes) {
    boolean square = axes[1] == 2 && axes[2] == 2;
    boolean long4 = axes[0] == 2 && axes[1] == 2 && axes[2] == 4;
    boolean wide4 = axes[0] == 2 && axes[1] == 4 && axes[2] == 4;
    boolean inCube = square || long4 || wide4;
    return inCube || (axes[0] % 4 == 0 && axes[1] % 4 == 0 && axes[2] % 4 == 0);
  }
}
