package dev.berth.hub.credits;

/**
 * Prepaid credits of an account.
 *
 * @param reservedMicroUsd the part of the balance that draws hold which are not charged yet
 */
public record Balance(long balanceMicroUsd, long reservedMicroUsd, long availableMicroUsd) {
  static final Balance NOTHING = of(0, 0);

  static Balance of(long balance, long reserved) {
    return new Balance(balance, reserved, balance - reserved);
  }
}
