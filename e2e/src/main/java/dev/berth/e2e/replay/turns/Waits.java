package dev.berth.e2e.replay.turns;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LongSummaryStatistics;
import java.util.Map;

/** A short account of a replay, to see at once how it went; the log is what is judged. */
final class Waits {
  private final Map<String, LongSummaryStatistics> byAccount = new LinkedHashMap<>();
  private long turns;
  private long warm;

  void add(Call call, long startNanos, boolean warm) {
    turns++;
    this.warm += warm ? 1 : 0;
    byAccount
        .computeIfAbsent(call.turn().account(), a -> new LongSummaryStatistics())
        .accept(startNanos - call.arrivalNanos());
  }

  String report() {
    double[] means =
        byAccount.values().stream().mapToDouble(LongSummaryStatistics::getAverage).toArray();
    Arrays.sort(means);
    return "%d turns of %d accounts, %.1f %% warm; accounts' mean wait: p50 %.1f s, p95 %.1f s"
        .formatted(
            turns,
            means.length,
            100.0 * warm / Math.max(1, turns),
            quantile(means, 0.5),
            quantile(means, 0.95));
  }

  private static double quantile(double[] sorted, double q) {
    return sorted.length == 0 ? 0 : sorted[(int) Math.ceil(q * sorted.length) - 1] / 1e9;
  }
}
