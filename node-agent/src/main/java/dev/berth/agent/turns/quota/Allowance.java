package dev.berth.agent.turns.quota;

/**
 * A piece of a visitor's quota that this node holds. Times of devices are device nanoseconds.
 *
 * @param nanos that may be spent; {@code usedNanos} of them are
 * @param runs turns that may be begun; {@code usedRuns} of them were
 * @param expiresUnix no turn may begin on it later
 * @param touched journal time of the last reservation or settlement
 * @param closed nothing more will be spent; what is left goes back
 */
public record Allowance(
    String drawId,
    String visitor,
    long nanos,
    int runs,
    long expiresUnix,
    long usedNanos,
    int usedRuns,
    long touched,
    boolean closed) {
  public static Allowance drawn(
      String drawId, String visitor, long nanos, int runs, long expiresUnix, long now) {
    return new Allowance(drawId, visitor, nanos, runs, expiresUnix, 0, 0, now, false);
  }

  boolean usable(String of, long unix) {
    return !closed && visitor.equals(of) && unix < expiresUnix;
  }

  Allowance spent(long moreNanos, int moreRuns, long now) {
    return new Allowance(
        drawId,
        visitor,
        nanos,
        runs,
        expiresUnix,
        usedNanos + moreNanos,
        usedRuns + moreRuns,
        now,
        closed);
  }

  Allowance close() {
    return new Allowance(
        drawId, visitor, nanos, runs, expiresUnix, usedNanos, usedRuns, touched, true);
  }
}
