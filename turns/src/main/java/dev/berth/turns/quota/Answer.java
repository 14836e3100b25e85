package dev.berth.turns.quota;

/** What a node hears of an {@link Ask}. */
public sealed interface Answer {
  record Given(Allowance allowance) implements Answer {}

  /**
   * @param leftNanos what could be had now
   * @param waitNanos until the window ends; 0: none has begun
   */
  record Refused(Code code, long leftNanos, long waitNanos) implements Answer {}

  /** The ask contradicts itself, the policy, or an earlier one of this id. */
  record Contradicted(String message) implements Answer {}

  enum Code {
    QUOTA_EXHAUSTED,
    RUNS_EXHAUSTED,
    /** There are credits, but turns that are not settled yet hold them. */
    CREDIT_PENDING
  }
}
