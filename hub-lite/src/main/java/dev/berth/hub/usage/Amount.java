package dev.berth.hub.usage;

/**
 * Held time and its money; {@code unratedNs} is the part of {@code heldNs} that has no price yet.
 */
public record Amount(long heldNs, long microUsd, long unratedNs) {
  static final Amount NONE = new Amount(0, 0, 0);

  static Amount of(UsageLine line) {
    Long microUsd = line.microUsd();
    return microUsd == null
        ? new Amount(line.heldNanos(), 0, line.heldNanos())
        : new Amount(line.heldNanos(), microUsd, 0);
  }

  Amount plus(Amount other) {
    return new Amount(
        Math.addExact(heldNs, other.heldNs),
        Math.addExact(microUsd, other.microUsd),
        Math.addExact(unratedNs, other.unratedNs));
  }
}
