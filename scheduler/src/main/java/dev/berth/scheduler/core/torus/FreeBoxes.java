package dev.berth.scheduler.core.torus;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a size is free in a pod: one cell for each legal start, as prefix sums, so that counting
 * the free boxes that touch another one takes constant time.
 */
final class FreeBoxes {
  private final Size size;
  private final int stepX;
  private final int stepY;
  private final int stepZ;
  private final int countX;
  private final int countY;
  private final int countZ;
  private final int[] sums;

  FreeBoxes(Pod pod, Size size) {
    this.size = size;
    stepX = Size.step(size.x());
    stepY = Size.step(size.y());
    stepZ = Size.step(size.z());
    countX = (pod.size().x() - size.x()) / stepX + 1;
    countY = (pod.size().y() - size.y()) / stepY + 1;
    countZ = (pod.size().z() - size.z()) / stepZ + 1;
    sums = new int[(countX + 1) * (countY + 1) * (countZ + 1)];
    for (int z = 1; z <= countZ; z++) {
      for (int y = 1; y <= countY; y++) {
        for (int x = 1; x <= countX; x++) {
          Box box = box(x - 1, y - 1, z - 1);
          boolean free = pod.cuttable(box) && pod.free(box) == size.volume();
          sums[at(x, y, z)] =
              (free ? 1 : 0)
                  + sum(0, 0, 0, x, y, z - 1)
                  + sum(0, 0, z - 1, x, y - 1, z)
                  + sum(0, y - 1, z - 1, x - 1, y, z);
        }
      }
    }
  }

  Size size() {
    return size;
  }

  int count() {
    return sum(0, 0, 0, countX, countY, countZ);
  }

  /** All free boxes of this size that share a chip with {@code box}. */
  int touching(Box box) {
    int fromX = first(box.x(), size.x(), stepX);
    int fromY = first(box.y(), size.y(), stepY);
    int fromZ = first(box.z(), size.z(), stepZ);
    return sum(
        fromX,
        fromY,
        fromZ,
        Math.min(countX, (box.endX() - 1) / stepX + 1),
        Math.min(countY, (box.endY() - 1) / stepY + 1),
        Math.min(countZ, (box.endZ() - 1) / stepZ + 1));
  }

  /** The free boxes, z first. */
  List<Box> all() {
    List<Box> all = new ArrayList<>();
    for (int z = 0; z < countZ; z++) {
      for (int y = 0; y < countY; y++) {
        for (int x = 0; x < countX; x++) {
          if (sum(x, y, z, x + 1, y + 1, z + 1) > 0) {
            all.add(box(x, y, z));
          }
        }
      }
    }
    return all;
  }

  /** The first start whose box reaches beyond {@code at}. */
  private static int first(int at, int side, int step) {
    return Math.max(0, Math.floorDiv(at - side, step) + 1);
  }

  private Box box(int x, int y, int z) {
    return new Box(x * stepX, y * stepY, z * stepZ, size);
  }

  private int sum(int fromX, int fromY, int fromZ, int x, int y, int z) {
    if (x <= fromX || y <= fromY || z <= fromZ) {
      return 0;
    }
    return sums[at(x, y, z)]
        - sums[at(fromX, y, z)]
        - sums[at(x, fromY, z)]
        - sums[at(x, y, fromZ)]
        + sums[at(fromX, fromY, z)]
        + sums[at(fromX, y, fromZ)]
        + sums[at(x, fromY, fromZ)]
        - sums[at(fromX, fromY, fromZ)];
  }

  private int at(int x, int y, int z) {
    return x + (countX + 1) * (y + (countY + 1) * z);
  }
}
