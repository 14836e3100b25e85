package dev.berth.turns.queue;

import java.util.Arrays;
import java.util.List;

/**
 * How long the last turns of a Space ran; the newest last.
 *
 * @param nanos at most {@link #KEPT}
 */
public record Runs(List<Long> nanos) {
  public static final Runs NONE = new Runs(List.of());
  static final int KEPT = 200;
  private static final int ENOUGH_FOR_MEAN = 5;
  private static final int RECENT = 50;
  private static final int ENOUGH_FOR_TAIL = 20;

  public Runs with(long run) {
    Long[] all = nanos.toArray(new Long[nanos.size() + 1]);
    all[nanos.size()] = run;
    int from = Math.max(0, all.length - KEPT);
    return new Runs(List.of(Arrays.copyOfRange(all, from, all.length)));
  }

  /** The mean of the last 50; what was declared when little is known, and never above it. */
  public long expected(long declaredNanos) {
    int n = nanos.size();
    if (n < ENOUGH_FOR_MEAN) {
      return declaredNanos;
    }
    List<Long> recent = nanos.subList(Math.max(0, n - RECENT), n);
    long sum = 0;
    for (long run : recent) {
      sum += run;
    }
    return Math.min(sum / recent.size(), declaredNanos);
  }

  /**
   * The nearest-rank 95th percentile: what a reservation of quota is measured by, so that a short
   * call is not refused for a long declaration. What was declared below 20 samples, and never above
   * it.
   */
  public long percentile95(long declaredNanos) {
    int n = nanos.size();
    if (n < ENOUGH_FOR_TAIL) {
      return declaredNanos;
    }
    long tail = nanos.stream().sorted().skip((n * 95L + 99) / 100 - 1).findFirst().orElseThrow();
    return Math.min(tail, declaredNanos);
  }
}
