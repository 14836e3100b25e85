package dev.berth.hub.usage;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Which lines: of one account (null: all), between two UTC days, both included (null: open). */
public record UsageFilter(
    @Nullable String account, @Nullable LocalDate from, @Nullable LocalDate to) {
  static final UsageFilter ALL = new UsageFilter(null, null, null);

  boolean includes(UsageLine line) {
    return (account == null || account.equals(line.account()))
        && (from == null || !line.day().isBefore(from))
        && (to == null || !line.day().isAfter(to));
  }
}
