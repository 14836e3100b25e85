package dev.berth.turns.queue;

/**
 * How the fair queue weighs fairness, warmth and shortness. Times are nanoseconds of one device.
 *
 * @param windowNanos how much more than the flow served least a flow may be ahead and still be
 *     granted a device; the lag bound grows with it
 * @param creditNanos of unused share a flow keeps that comes back after it had nothing waiting
 * @param coldNanos of lag that saving one load is worth, if one turn profits from the load
 * @param crowding a load that n waiting turns profit from costs each of them {@code coldNanos /
 *     n^crowding}
 * @param reloadFactor nanoseconds of lag that one nanosecond of expected reloads within a minute
 *     weighs, when a load pushes other weights out
 * @param shortnessPermille of a turn's expected length that counts as lag: shorter ones go first
 * @param quotaNanos of lag between an account with all of its quota left and one with none
 * @param demandHalfLifeNanos after which a call counts half as a sign of demand
 * @param maxRunningOfAccount turns at once, 0 = no limit
 * @param maxRunningOfSpace turns at once, 0 = no limit
 */
public record QueuePolicy(
    long windowNanos,
    long creditNanos,
    long coldNanos,
    double crowding,
    double reloadFactor,
    int shortnessPermille,
    long quotaNanos,
    long demandHalfLifeNanos,
    int maxRunningOfAccount,
    int maxRunningOfSpace) {
  private static final long SECOND = 1_000_000_000L;

  /** Tuned on the public trace: docs/zerogpu.md. */
  public static final QueuePolicy DEFAULT =
      new QueuePolicy(
          60 * SECOND, 2 * SECOND, 42 * SECOND, 0.8, 10, 850, 5 * SECOND, 600 * SECOND, 0, 0);

  public QueuePolicy {
    if (windowNanos < 0 || creditNanos < 0 || coldNanos < 0 || demandHalfLifeNanos < 1) {
      throw new IllegalArgumentException(
          "Queue policy: expected window, credit and cold >= 0 and a half-life >= 1 ns, got %d, %d, %d, %d"
              .formatted(windowNanos, creditNanos, coldNanos, demandHalfLifeNanos));
    }
  }

  /**
   * The most by which the device time of two flows of one weight can differ over any stretch in
   * which both wait throughout for the same nodes and neither is at a limit of its own:
   *
   * <pre>2 (window + credit + (devices + 1) x largest)</pre>
   *
   * <p>Why: a flow is granted only while its virtual time, times its weight, is at most the window
   * above that of every other waiting flow. A grant adds at most one largest cost, and what is
   * known of the turns that run differs from what they will cost by at most one largest cost on
   * each device. So each of the two stays within window + (devices + 1) x largest of the smaller
   * virtual time, at the begin and at the end; the credit is how far below a flow may start.
   *
   * @param devices that one flow can have at once
   * @param largestNanos the largest cost of a turn: (declared + load) x devices of its size
   * @return device nanoseconds
   */
  public long lagBoundNanos(int devices, long largestNanos) {
    return 2 * (windowNanos + creditNanos + (devices + 1) * largestNanos);
  }
}
