package dev.berth.agent.turns.core;

import java.util.List;

/**
 * What is remembered of a turn that is over. Times are unix nanoseconds, and only place it in a
 * calendar; what was measured comes from the monotonic clock.
 *
 * @param endedAt journal time
 * @param measuredNanos wall time from grant to end
 * @param settledNanos device nanoseconds that the visitor pays for
 */
public record TurnRecord(
    String id,
    String visitor,
    String space,
    List<Integer> devices,
    boolean warm,
    long queuedUnix,
    long grantedUnix,
    long endedUnix,
    long endedAt,
    long waitedNanos,
    long measuredNanos,
    long reservedNanos,
    long settledNanos,
    EndReason reason) {
  public TurnRecord {
    devices = List.copyOf(devices);
  }
}
