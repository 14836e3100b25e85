package dev.berth.scheduler.core.model;

/**
 * Where a host's block lies in a larger torus: the pod's name, the block's first chip in it, and
 * the pod's size, all in chips. No name: the block stands alone.
 */
public record InPod(String pod, int atX, int atY, int atZ, int x, int y, int z) {
  /** More than the largest pod that is built. */
  public static final int MAX_CHIPS = 16_384;

  public static final InPod ALONE = new InPod("", 0, 0, 0, 0, 0, 0);

  boolean bounded() {
    return Math.max(x, Math.max(y, z)) <= MAX_CHIPS && (long) x * y * z <= MAX_CHIPS;
  }
}
