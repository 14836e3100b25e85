package dev.berth.e2e.audit;

/**
 * How turns used one device since its node's journal of turns first saw it, in nanoseconds.
 *
 * @param card that it is, or is cut from
 * @param loan shared, or lent, recalled or returned for a device that is its owner's
 * @param clashes times that two turns had it at once, by the journal
 */
public record SharedDeviceTime(
    String node,
    String device,
    String card,
    String model,
    long held,
    long idle,
    long wall,
    int clashes,
    String loan) {

  /** Whether no lease may ever have it. */
  boolean shared() {
    return loan.equals("shared");
  }

  /** Nanoseconds that no state accounts for; 0 when the books are right. */
  public long unexplained() {
    return wall - Math.addExact(held, idle);
  }
}
