package dev.berth.agent.location;

import dev.berth.agent.devices.TpuBlock;

/** The first chip of this host in the torus of many hosts that is called {@code pod}. */
public record TpuPlace(String pod, Chips at, Chips size) {

  /** Whether a host with this block can lie there: aligned, within the pod, tiling it. */
  public boolean holds(TpuBlock block) {
    return holds(at.x(), block.x(), size.x())
        && holds(at.y(), block.y(), size.y())
        && holds(at.z(), block.z(), size.z());
  }

  private static boolean holds(int at, int block, int size) {
    return at % block == 0 && size % block == 0 && at + block <= size;
  }
}
