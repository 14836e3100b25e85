package dev.berth.turns.queue;

/**
 * How often a Space is called: a count that halves with each half-life.
 *
 * @param calls counted, as of {@code at}
 * @param at unix nanoseconds of the last call
 */
public record Demand(double calls, long at) {
  public static final Demand NONE = new Demand(0, 0);

  public Demand called(long now, long halfLifeNanos) {
    return new Demand(calls * decay(now, halfLifeNanos) + 1, now);
  }

  /** Calls a nanosecond, if all goes on as it went. */
  public double rate(long now, long halfLifeNanos) {
    return calls * decay(now, halfLifeNanos) * Math.log(2) / halfLifeNanos;
  }

  private double decay(long now, long halfLifeNanos) {
    return Math.pow(0.5, (double) Math.max(0, now - at) / halfLifeNanos);
  }
}
