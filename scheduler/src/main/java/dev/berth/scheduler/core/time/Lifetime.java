package dev.berth.scheduler.core.time;

/**
 * How long one request runs, as a distribution. A declared time is scaled by how its account kept
 * declared times so far; without one the learned times count; without either, and beyond all that
 * was seen, the tail is a Lomax law of index 1: what ran long will run about as long again.
 */
public record Lifetime(Sketch seen, long declaredNanos) {
  /** Fewer samples than this say nothing. */
  static final int MIN_SAMPLES = 5;

  /** Half of all placements of which nothing is known are taken to end within this time. */
  static final long UNKNOWN_NANOS = 3_600_000_000_000L;

  private static final long SECOND = 1_000_000_000L;
  private static final long TAIL_SAMPLES = 2_000;
  private static final long PARTS = 1_000;

  /** False when it is a guess: neither declared nor learned. */
  public boolean known() {
    return declaredNanos > 0 || seen.total() >= MIN_SAMPLES;
  }

  /**
   * Nanoseconds that are left with probability {@code permille}/1000 (1 to 999) at {@code age}
   * nanoseconds since the start; more than 0.
   */
  public long left(long age, int permille) {
    return Math.max(1, declaredNanos > 0 ? declared(age, permille) : learned(age, permille));
  }

  private long declared(long age, int permille) {
    // Of a declared time the sketch holds how much of it was used, in thousandths.
    long used = (long) ((double) age * PARTS / declaredNanos);
    if (seen.total() < MIN_SAMPLES) {
      return age < declaredNanos ? declaredNanos - age : tail(age - declaredNanos, permille);
    }
    if (seen.beyond(used) == 0) {
      return tail(age - (long) ((double) declaredNanos * seen.max() / PARTS), permille);
    }
    return (long) ((double) declaredNanos * seen.quantile(used, permille) / PARTS) - age;
  }

  private long learned(long age, int permille) {
    if (seen.total() < MIN_SAMPLES) {
      return tail(UNKNOWN_NANOS + age, permille);
    }
    return seen.beyond(age) < TAIL_SAMPLES
        ? tail(age, permille)
        : seen.quantile(age, permille) - age;
  }

  private static long tail(long scale, int permille) {
    return Math.max(SECOND, scale) / (1_000 - permille) * permille;
  }
}
