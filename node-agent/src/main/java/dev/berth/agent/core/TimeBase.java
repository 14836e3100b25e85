package dev.berth.agent.core;

/**
 * Where the journal stands in time. Journal time runs with the monotonic clock through restarts of
 * the process, and over a reboot it is carried on by the wall clock.
 *
 * @param offset journal time minus monotonic time, in this boot
 * @param at journal time of the last event, ns
 * @param unix wall clock of the last event, ns
 */
public record TimeBase(String bootId, long offset, long at, long unix) {
  static final TimeBase START = new TimeBase("", 0, 0, 0);

  /** Journal time never runs backwards, whatever a clock says. */
  TimeBase advance(Moment now) {
    return new TimeBase(bootId, offset, Math.max(at, now.monoNanos() + offset), now.unixNanos());
  }

  boolean firstBoot() {
    return bootId.isEmpty();
  }

  /** How long nobody watched: by the wall clock, and never negative. */
  long unwatched(Moment now) {
    return firstBoot() ? 0 : Math.max(0, now.unixNanos() - unix);
  }

  TimeBase rebooted(String newBootId, Moment now) {
    long resumed = at + unwatched(now);
    return new TimeBase(newBootId, resumed - now.monoNanos(), resumed, now.unixNanos());
  }
}
