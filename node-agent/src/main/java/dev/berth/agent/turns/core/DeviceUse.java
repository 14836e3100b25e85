package dev.berth.agent.turns.core;

import org.jspecify.annotations.Nullable;

/**
 * How turns used a device since it was first seen, in journal nanoseconds: a gap-free timeline, so
 * that held and idle time add up to wall time.
 *
 * @param heldNanos kept for turns, from the moment that the queue gave it until it was free again
 * @param until end of what is counted so far: the last change
 * @param turn that has it now
 * @param clashes times that it was given or freed by a turn while another had it; 0 if all is right
 */
public record DeviceUse(
    long since, long heldNanos, long idleNanos, long until, @Nullable String turn, int clashes) {
  public static DeviceUse from(long at) {
    return new DeviceUse(at, 0, 0, at, null, 0);
  }

  DeviceUse taken(String by, long at) {
    DeviceUse now = at(at);
    return new DeviceUse(
        since, now.heldNanos, now.idleNanos, at, by, turn == null ? clashes : clashes + 1);
  }

  DeviceUse freed(String by, long at) {
    DeviceUse now = at(at);
    return new DeviceUse(
        since, now.heldNanos, now.idleNanos, at, null, by.equals(turn) ? clashes : clashes + 1);
  }

  /** The same, counted until {@code now}. */
  public DeviceUse at(long now) {
    long gone = now - until;
    return turn == null
        ? new DeviceUse(since, heldNanos, idleNanos + gone, now, null, clashes)
        : new DeviceUse(since, heldNanos + gone, idleNanos, now, turn, clashes);
  }
}
