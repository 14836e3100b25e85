package dev.berth.e2e.zerogpu;

import dev.berth.api.turns.v1.QuotaStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Quotas as a table; seconds are those of devices. Pure. */
public final class QuotaTable {
  private static final String ROW = "%-20s %-11s %10s %10s %10s %10s %8s  %s%n";

  private QuotaTable() {}

  public static String of(List<QuotaStatus> quotas, Instant now) {
    var text =
        new StringBuilder(
            ROW.formatted(
                "ACCOUNT", "TIER", "BASE s", "USED s", "DRAWN s", "CREDIT s", "RUNS", "RESETS IN"));
    quotas.forEach(quota -> text.append(row(quota, now)));
    return text.toString();
  }

  private static String row(QuotaStatus quota, Instant now) {
    return ROW.formatted(
        quota.getVisitor(),
        quota.getTier(),
        seconds(quota.getBaseNanos()),
        seconds(quota.getUsedNanos()),
        seconds(quota.getDrawnNanos()),
        seconds(quota.getOverquotaNanos()),
        quota.getRunsUsed(),
        quota.getResetsUnixNanos() == 0 ? "-" : until(quota.getResetsUnixNanos(), now));
  }

  private static String until(long unixNanos, Instant now) {
    var left = Duration.between(now, Instant.ofEpochSecond(0, unixNanos));
    return left.isNegative() ? "0m" : left.toHours() + "h" + left.toMinutesPart() + "m";
  }

  private static String seconds(long nanos) {
    return "%.1f".formatted(nanos / 1e9);
  }
}
