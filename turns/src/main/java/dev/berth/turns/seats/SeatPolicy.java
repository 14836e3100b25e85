package dev.berth.turns.seats;

/**
 * When a Space gets, keeps and loses seats. Times are nanoseconds; demand is in thousandths of a
 * device that is busy all the time.
 *
 * @param most seats a Space may have at once
 * @param changeEveryNanos at most one seat of a Space is added, or moved, in that time
 * @param hotMilli demand from which a Space has as many seats as it may
 * @param coolMilli demand below which it has one again, once nothing of it waits
 * @param gapNanos by which a node's expected wait must exceed another's before a Space whose turns
 *     wait there gets a seat on the other
 * @param targetFirst whether the target of a move starts beside the seat that goes; else that one
 *     goes first and another is added later
 */
public record SeatPolicy(
    int most,
    long changeEveryNanos,
    long hotMilli,
    long coolMilli,
    long gapNanos,
    boolean targetFirst) {
  private static final long SECOND = 1_000_000_000L;

  /** Tuned on the public trace: docs/zerogpu.md. */
  public static final SeatPolicy DEFAULT =
      new SeatPolicy(3, 60 * SECOND, 100, 30, 20 * SECOND, false);

  /** The same where a move reserves its target first. */
  public static final SeatPolicy LIVE = new SeatPolicy(3, 60 * SECOND, 100, 30, 20 * SECOND, true);

  public SeatPolicy {
    if (most < 1 || changeEveryNanos < 0 || coolMilli > hotMilli) {
      throw new IllegalArgumentException(
          "Seat policy: expected at least one seat, a time >= 0 and cool <= hot, got %d, %d, %d, %d"
              .formatted(most, changeEveryNanos, coolMilli, hotMilli));
    }
  }
}
