package dev.berth.scheduler.core.torus;

/** A cuboid of chips of a pod: its first chip, and its size. */
record Box(int x, int y, int z, Size size) {
  int endX() {
    return x + size.x();
  }

  int endY() {
    return y + size.y();
  }

  int endZ() {
    return z + size.z();
  }
}
