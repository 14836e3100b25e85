package dev.berth.hub.metering;

/** What is committed of one lease. {@code untilUnixNanos} 0: no line was accepted yet. */
public record LeaseTotals(
    String account,
    String owner,
    String flavor,
    String catalogVersion,
    long heldNanos,
    long untilUnixNanos,
    boolean ended) {

  boolean sameBilling(LeaseLine line) {
    return account.equals(line.account())
        && owner.equals(line.owner())
        && flavor.equals(line.flavor())
        && catalogVersion.equals(line.catalogVersion());
  }
}
