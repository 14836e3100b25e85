package dev.berth.scheduler.core.reserve;

import dev.berth.scheduler.core.model.Placement;
import dev.berth.scheduler.core.time.Durations;

/** When a placement that holds devices is expected to give them back. */
public final class Expected {
  /** What draining a released placement takes, as a guess. */
  private static final long DRAIN_NANOS = 5_000_000_000L;

  private static final int LIKELY = 500;

  private Expected() {}

  /** The median, in unix nanoseconds, given that it still runs at {@code now}. */
  static long end(Durations durations, Placement placement, long now) {
    return end(durations, placement, now, LIKELY);
  }

  /** By when it has ended with probability {@code permille}/1000. */
  public static long end(Durations durations, Placement placement, long now, int permille) {
    return switch (placement) {
      case Placement.Waiting waiting -> Bound.NEVER;
      case Placement.Placed placed -> {
        long age = Math.max(0, now - placed.placedNanos());
        yield Bound.after(now, durations.of(placed.request()).left(age, permille));
      }
      case Placement.Releasing releasing -> now + DRAIN_NANOS;
    };
  }
}
