package dev.berth.operator.workload;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;

/** Durations as Spaces write them: "30m", "1h30m", "45s". */
public final class Durations {
  private Durations() {}

  public static Optional<Duration> parse(String text) {
    try {
      Duration duration = Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
      return duration.isPositive() ? Optional.of(duration) : Optional.empty();
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
