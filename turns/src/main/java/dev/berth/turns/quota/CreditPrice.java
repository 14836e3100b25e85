package dev.berth.turns.quota;

import java.math.BigInteger;

/** Device time in money and back, at a price in micro-USD per minute. */
final class CreditPrice {
  private static final BigInteger MINUTE_NANOS = BigInteger.valueOf(60_000_000_000L);

  private CreditPrice() {}

  /** Micro-USD that surely pay for {@code nanos}: rounded up. */
  static long cover(long nanos, long price) {
    BigInteger[] parts = product(nanos, price).divideAndRemainder(MINUTE_NANOS);
    return parts[0].longValueExact() + parts[1].signum();
  }

  /** Micro-USD for time that was used: a started micro-USD is not charged. */
  static long charge(long nanos, long price) {
    return product(nanos, price).divide(MINUTE_NANOS).longValueExact();
  }

  /** Nanoseconds that {@code microUsd} surely pay for, at most {@code most}. */
  static long affords(long microUsd, long price, long most) {
    return product(microUsd, 1)
        .multiply(MINUTE_NANOS)
        .divide(BigInteger.valueOf(price))
        .min(BigInteger.valueOf(most))
        .longValueExact();
  }

  private static BigInteger product(long a, long b) {
    return BigInteger.valueOf(a).multiply(BigInteger.valueOf(b));
  }
}
