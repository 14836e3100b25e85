package dev.berth.agent.turns.core;

/** Why a turn was over. */
public enum EndReason {
  /** The function returned. */
  DONE(false),
  /** The client says that it failed, or its worker died. */
  FAILED(true),
  /** Released without a worker ever having been allowed. */
  UNUSED(true),
  /** No worker was allowed, and nothing was released, in time. */
  NEVER_ALLOWED(true),
  /** It went on for longer than its reservation: the worker was killed. */
  OVERRUN(true),
  WORKER_DIED(true),
  /** The caller left before it was told. */
  CANCELLED(true),
  /** The app of the Space started anew. */
  APP_RESTARTED(true),
  /** The pod is gone. */
  SEAT_CLOSED(true),
  /** The device could not be made ready. */
  DEVICE_FAILED(true),
  /** The agent stopped before the caller was told. */
  AGENT_RESTARTED(true),
  /** The machine started anew. */
  REBOOTED(true);

  private final boolean endsWorker;

  EndReason(boolean endsWorker) {
    this.endsWorker = endsWorker;
  }

  /** Whether its worker must not be used again. */
  public boolean endsWorker() {
    return endsWorker;
  }
}
