package dev.berth.hub.metering;

import java.math.BigInteger;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Attributes held time to UTC days. Integers only; the parts add up to the whole exactly. */
public final class UtcDays {
  static final long DAY_NANOS = Duration.ofDays(1).toNanos();

  private UtcDays() {}

  /**
   * Splits {@code heldNanos}, counted between two instants (Unix nanoseconds), at each midnight
   * UTC. Where the lease was held for the whole interval the cut is exact to the nanosecond; where
   * it was held for less, each day gets its share by length, rounded down cumulatively so that
   * nothing is lost. An empty or backward interval puts everything on the day of {@code
   * untilNanos}.
   */
  public static List<HeldDay> split(long fromNanos, long untilNanos, long heldNanos) {
    if (heldNanos == 0) {
      return List.of();
    }
    long length = untilNanos - fromNanos;
    if (length <= 0) {
      return List.of(new HeldDay(LocalDate.ofEpochDay(dayOf(untilNanos)), heldNanos));
    }
    List<HeldDay> days = new ArrayList<>();
    long given = 0;
    for (long day = dayOf(fromNanos); day <= dayOf(untilNanos - 1); day++) {
      long end = Math.min(untilNanos, (day + 1) * DAY_NANOS);
      long upToEnd = share(heldNanos, end - fromNanos, length);
      if (upToEnd > given) {
        days.add(new HeldDay(LocalDate.ofEpochDay(day), upToEnd - given));
      }
      given = upToEnd;
    }
    return List.copyOf(days);
  }

  private static long dayOf(long unixNanos) {
    return Math.floorDiv(unixNanos, DAY_NANOS);
  }

  /** floor(held · part / length), exact beyond 64 bits. */
  private static long share(long held, long part, long length) {
    return held == length
        ? part
        : BigInteger.valueOf(held)
            .multiply(BigInteger.valueOf(part))
            .divide(BigInteger.valueOf(length))
            .longValueExact();
  }
}
