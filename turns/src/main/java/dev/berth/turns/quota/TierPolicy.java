package dev.berth.turns.quota;

/**
 * What visitors of one tier may use.
 *
 * @param baseNanos device time of a window
 * @param turnNanos most device time that one turn may declare
 * @param runs turns of a window; 0: no limit
 * @param weight in the fair queue
 * @param spaces ZeroGPU Spaces that an account may host
 * @param credits whether prepaid credits are used beyond the base
 */
public record TierPolicy(
    long baseNanos, long turnNanos, int runs, int weight, int spaces, boolean credits) {
  /** Of any time or number of runs, so that no sum can overflow. */
  static final long MOST_NANOS = 1_000_000_000_000_000L;

  public TierPolicy {
    Bounds.check("base", baseNanos, 0, MOST_NANOS);
    Bounds.check("maxDuration", turnNanos, 1, MOST_NANOS);
    Bounds.check("runs", runs, 0, Ask.MOST_RUNS);
    Bounds.check("weight", weight, 1, 1_000);
    Bounds.check("spaces", spaces, 0, 1_000_000);
  }
}
