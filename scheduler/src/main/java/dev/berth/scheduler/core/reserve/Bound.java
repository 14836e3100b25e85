package dev.berth.scheduler.core.reserve;

import dev.berth.scheduler.core.model.Request;
import dev.berth.scheduler.core.time.Durations;
import dev.berth.scheduler.core.time.Lifetime;

/** By when a request has ended for sure, as far as plans are concerned. */
final class Bound {
  /** Later than anything: a run time that is neither declared nor learned has no bound. */
  static final long NEVER = Long.MAX_VALUE;

  private static final int SURE = 900;

  private Bound() {}

  /** In unix nanoseconds, when it starts at {@code start}; nine of ten end earlier. */
  static long end(Durations durations, Request request, long start) {
    Lifetime lifetime = durations.of(request);
    return lifetime.known() ? after(start, lifetime.left(0, SURE)) : NEVER;
  }

  static long after(long start, long nanos) {
    return start > NEVER - nanos ? NEVER : start + nanos;
  }
}
