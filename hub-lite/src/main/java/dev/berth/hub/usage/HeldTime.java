package dev.berth.hub.usage;

/** Nanoseconds for people. */
final class HeldTime {
  private static final long MILLI = 1_000_000L;

  private HeldTime() {}

  /** "1:02:03.456" (hours, minutes, seconds), rounded down to the millisecond. */
  static String format(long nanos) {
    long millis = Math.abs(nanos) / MILLI;
    long seconds = millis / 1000;
    return "%s%d:%02d:%02d.%03d"
        .formatted(
            nanos < 0 ? "-" : "", seconds / 3600, seconds / 60 % 60, seconds % 60, millis % 1000);
  }
}
