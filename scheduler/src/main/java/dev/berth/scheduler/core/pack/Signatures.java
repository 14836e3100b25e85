package dev.berth.scheduler.core.pack;

/**
 * Signatures of rooms: sums of well mixed numbers, so that the signature after a placement follows
 * from the one before by a few additions, and the order of cards does not matter.
 */
final class Signatures {
  private Signatures() {}

  static long card(long model, int milli) {
    return mix(model * 31 + milli + 1);
  }

  /** A key for a table, from the sum of its cards and the free processor. */
  static long key(long cards, long cpuMilli) {
    return mix(cards ^ mix(cpuMilli + 0x9E3779B97F4A7C15L));
  }

  /** The finalizer of SplitMix64 (Steele, Lea and Flood, 2014). */
  private static long mix(long value) {
    long z = value + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
