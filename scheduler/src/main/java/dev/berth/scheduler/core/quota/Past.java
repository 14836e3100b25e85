package dev.berth.scheduler.core.quota;

/**
 * The decayed use of one flavor by one queue, at a time in unix nanoseconds: an average in
 * millionths of a member in which the present weighs most and the past half as much after each
 * half-life. With a constant use u it goes from A to A + (u - A) (1 - 0.5^(dt / half-life)).
 */
public record Past(long micros, long atNanos) {
  public static final long MICROS = 1_000_000;
  private static final int BITS = 30;

  /** The average at {@code now} when {@code used} members were in use ever since. */
  public Past until(long now, long used, long halfLifeNanos) {
    long target = used * MICROS;
    if (halfLifeNanos <= 0 || now <= atNanos) {
      return this;
    }
    long kept = kept(now - atNanos, halfLifeNanos);
    return new Past(target + scaled(micros - target, kept), now);
  }

  /** 0.5^(elapsed / half-life) in units of 2^-30; the same on every machine. */
  private static long kept(long elapsed, long halfLifeNanos) {
    return Math.round(StrictMath.pow(0.5, (double) elapsed / halfLifeNanos) * (1L << BITS));
  }

  /** {@code value * kept / 2^30}, towards zero, without overflow. */
  private static long scaled(long value, long kept) {
    long magnitude = Math.abs(value);
    long whole = Math.multiplyHigh(magnitude, kept) << (64 - BITS);
    long result = whole | ((magnitude * kept) >>> BITS);
    return value < 0 ? -result : result;
  }
}
