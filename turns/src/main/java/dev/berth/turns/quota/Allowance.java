package dev.berth.turns.quota;

/**
 * Device time that a node may spend on a visitor's turns without asking again. The part that
 * credits pay for is spent last.
 *
 * @param windowNanos when the window began that it was drawn in
 * @param expiresNanos when that window ends: no turn begins on it later
 * @param creditNanos the part of {@code nanos} beyond the base
 * @param microUsdPerMinute what that part costs
 */
public record Allowance(
    long nanos,
    int runs,
    long windowNanos,
    long expiresNanos,
    long creditNanos,
    long microUsdPerMinute) {

  public long baseNanos() {
    return nanos - creditNanos;
  }

  /** Of {@code used} nanoseconds, those that the base pays for. */
  long ofBase(long used) {
    return Math.min(used, baseNanos());
  }

  long ofCredit(long used) {
    return used - ofBase(used);
  }
}
