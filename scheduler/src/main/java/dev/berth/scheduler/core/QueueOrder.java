package dev.berth.scheduler.core;

import dev.berth.scheduler.core.model.Placement;
import dev.berth.scheduler.core.time.Means;
import java.util.Comparator;

/** Who goes first among waiting requests of one priority and one quota queue. */
public enum QueueOrder {
  /** First come, first served. */
  ARRIVAL,

  /**
   * Least expected device time first, which keeps the mean wait low; with every hour of waiting the
   * claim grows, so nobody waits for ever.
   */
  LEAST_WORK;

  private static final double HEAD_START_NANOS = 8 * 3_600e9;

  /** The order of requests of one priority and quota queue; arrival breaks ties. */
  public Comparator<Placement.Waiting> withinQueue(Means means, long now) {
    Comparator<Placement.Waiting> arrival =
        Comparator.comparingLong(Placement.Waiting::createdNanos)
            .thenComparing(Placement.Waiting::id);
    return switch (this) {
      case ARRIVAL -> arrival;
      case LEAST_WORK ->
          Comparator.<Placement.Waiting>comparingDouble(w -> -claim(w, means, now))
              .thenComparing(arrival);
    };
  }

  private static double claim(Placement.Waiting waiting, Means means, long now) {
    return (now - waiting.createdNanos() + HEAD_START_NANOS) / means.work(waiting.request());
  }
}
