package dev.berth.scheduler.core.eta;

/**
 * When a request is expected to start, in unix nanoseconds: it starts in [{@code lowNanos}, {@code
 * highNanos}] with probability 0.8 as far as run times are known; 0 = not known.
 */
public record Eta(long lowNanos, long likelyNanos, long highNanos) {
  public static final Eta UNKNOWN = new Eta(0, 0, 0);
}
