package dev.berth.agent.turns.quota;

import dev.berth.agent.turns.quota.Reserved.Refused;

/** What came of a draw. */
public sealed interface DrawAnswer {
  /**
   * The visitor as the keeper of the quota knows them.
   *
   * @param leftPermille of the window's quota, 0 to 1000
   */
  record Standing(int leftPermille) {
    public static final Standing UNKNOWN = new Standing(1000);
  }

  record Given(long nanos, int runs, long expiresUnix, Standing standing) implements DrawAnswer {}

  record Denied(Refused.Code code, long leftNanos, long waitNanos, Standing standing)
      implements DrawAnswer {}
}
