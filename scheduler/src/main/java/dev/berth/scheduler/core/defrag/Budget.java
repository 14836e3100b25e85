package dev.berth.scheduler.core.defrag;

/**
 * What moves may cost. At most {@code maxMoves}, of at most {@code maxDevicePermille} thousandths
 * of all devices. A restart costs {@code restartNanos} beside the checkpoint, and a placement
 * younger than {@code recentNanos} costs the rest of that time more. A freed node counts its
 * formerly scattered free devices for {@code horizonNanos}. A plan is worth it when its value is at
 * least {@code worthPermille} thousandths of its cost.
 */
public record Budget(
    int maxMoves,
    int maxDevicePermille,
    long restartNanos,
    long recentNanos,
    long horizonNanos,
    int worthPermille) {
  private static final long SECOND = 1_000_000_000L;

  /**
   * 64 moves, a tenth of the devices, 60 s a restart, 10 min of rest, 1 h ahead, twice the cost.
   */
  public static final Budget DEFAULT =
      new Budget(64, 100, 60 * SECOND, 600 * SECOND, 3_600 * SECOND, 2_000);
}
