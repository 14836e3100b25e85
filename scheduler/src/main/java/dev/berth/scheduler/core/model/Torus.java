package dev.berth.scheduler.core.model;

import java.util.Set;
import java.util.TreeSet;

/** The chips of one TPU host, at most 64: a block of a torus. Chip bits run x first, then y, z. */
public record Torus(
    String generation,
    int x,
    int y,
    int z,
    long chipMemoryMib,
    Set<String> unhealthy,
    InPod place) {
  public static final int MAX_CHIPS = 64;

  public Torus(String generation, int x, int y, int z, long chipMemoryMib, Set<String> unhealthy) {
    this(generation, x, y, z, chipMemoryMib, unhealthy, InPod.ALONE);
  }

  public Torus {
    unhealthy = Set.copyOf(unhealthy);
  }

  public int chips() {
    return x * y * z;
  }

  /** Whether the block lies in a larger torus, aligned and within its bounds. */
  public boolean inPod() {
    return !place.pod().isEmpty()
        && place.bounded()
        && inPod(place.atX(), x, place.x())
        && inPod(place.atY(), y, place.y())
        && inPod(place.atZ(), z, place.z());
  }

  private static boolean inPod(int at, int side, int pod) {
    return at >= 0 && at % side == 0 && at <= pod - side && pod % side == 0;
  }

  public long bit(int cx, int cy, int cz) {
    return 1L << (cx + x * (cy + y * cz));
  }

  public boolean contains(int cx, int cy, int cz) {
    return cx < x && cy < y && cz < z;
  }

  public Device.TpuChip chip(int cx, int cy, int cz) {
    return new Device.TpuChip(cx, cy, cz, generation, chipMemoryMib);
  }

  public Torus withHealthy(String device, boolean healthy) {
    Set<String> now = new TreeSet<>(unhealthy);
    boolean changed = healthy ? now.remove(device) : now.add(device);
    return changed ? withUnhealthy(now) : this;
  }

  public Torus withUnhealthy(Set<String> now) {
    return new Torus(generation, x, y, z, chipMemoryMib, now, place);
  }
}
