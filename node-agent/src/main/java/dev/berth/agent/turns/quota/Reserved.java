package dev.berth.agent.turns.quota;

/** What came of a wish to reserve. */
public sealed interface Reserved {
  record Ready(Reservation reservation) implements Reserved {}

  /** What is held here does not do; this draw might. */
  record NeedsDraw(long needNanos, long wantNanos, int runs) implements Reserved {}

  /**
   * No.
   *
   * @param leftNanos device nanoseconds that could be had
   * @param waitNanos until there is more; 0 if unknown
   */
  record Refused(Code code, long leftNanos, long waitNanos) implements Reserved {
    public enum Code {
      QUOTA_EXHAUSTED,
      RUNS_EXHAUSTED,
      CREDIT_PENDING
    }
  }
}
