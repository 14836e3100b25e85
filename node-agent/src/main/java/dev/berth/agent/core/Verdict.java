package dev.berth.agent.core;

/** Whether a claim may be prepared. */
public sealed interface Verdict {
  record Accepted() implements Verdict {}

  /** The same claim is prepared already; nothing to do but to repeat the answer. */
  record AlreadyPrepared(Lease lease) implements Verdict {}

  /** {@code message} names the lease, the device, what stands against it, and the way out. */
  record Refused(Code code, String message) implements Verdict {}

  /** Why not. */
  enum Code {
    LEASE_GONE(false),
    LEASE_HELD_BY_ANOTHER_CLAIM(true),
    NOT_GRANTED(true),
    GRANT_DIFFERS(false),
    GRANTED_TO_ANOTHER_SINCE(false),
    DEVICE_BUSY(true),
    DEVICE_UNHEALTHY(false),
    SHARE_EXCEEDS_CARD(true);

    private final boolean passing;

    Code(boolean passing) {
      this.passing = passing;
    }

    /** Whether it may go by itself within seconds. */
    public boolean passing() {
      return passing;
    }
  }
}
