package dev.berth.e2e.audit;

/**
 * What a visitor used of shared devices in the present window: by the journals of the nodes and by
 * the scheduler's quota. Device nanoseconds.
 *
 * @param taken what turns settled, over all nodes
 * @param chargedBefore the scheduler's total, read before the journals
 * @param charged the same, read after them
 * @param runs that the scheduler counts
 * @param overquota the part of {@code charged} that credits pay
 * @param settled whether no node holds an allowance of the visitor, so the scheduler knows all
 */
public record VisitorTime(
    String visitor,
    long taken,
    long chargedBefore,
    long charged,
    int runs,
    long overquota,
    boolean settled) {

  boolean wrong() {
    return chargedBefore > taken || (settled && charged < taken);
  }
}
