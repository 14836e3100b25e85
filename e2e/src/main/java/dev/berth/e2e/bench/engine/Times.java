package dev.berth.e2e.bench.engine;

import java.util.Arrays;
import java.util.Locale;

/** Nanoseconds of many decisions, sorted. */
record Times(long[] nanos) {
  Times {
    nanos = nanos.clone();
    Arrays.sort(nanos);
  }

  double mean() {
    return Arrays.stream(nanos).average().orElse(0);
  }

  double perSecond() {
    return 1e9 / mean();
  }

  long percentile(int percent) {
    return nanos[Math.min(nanos.length - 1, nanos.length * percent / 100)];
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%,.0f/s, mean %.1f us, p50 %.1f us, p99 %.1f us",
        perSecond(),
        mean() / 1e3,
        percentile(50) / 1e3,
        percentile(99) / 1e3);
  }
}
