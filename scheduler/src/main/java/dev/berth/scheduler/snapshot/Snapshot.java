package dev.berth.scheduler.snapshot;

import dev.berth.scheduler.core.QueueOrder;
import dev.berth.scheduler.core.Scheduler;
import dev.berth.scheduler.core.State;

/**
 * The state at one moment (unix nanoseconds), with how the leader is configured: all that a replay
 * needs to decide as it would have.
 */
public record Snapshot(
    State state, long takenNanos, long nodeTimeoutNanos, int reservations, QueueOrder order) {

  /** What {@code scheduler} knows. */
  public static Snapshot of(Scheduler scheduler, State state, long now) {
    return new Snapshot(
        state, now, scheduler.nodeTimeoutNanos(), scheduler.reservations(), scheduler.order());
  }

  /** One that decides like the one that the snapshot was taken of. */
  public Scheduler scheduler() {
    return new Scheduler(nodeTimeoutNanos, reservations, order);
  }
}
