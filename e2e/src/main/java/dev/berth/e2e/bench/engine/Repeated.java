package dev.berth.e2e.bench.engine;

import java.util.Locale;
import java.util.function.Supplier;

/** One question that is asked again and again of the same state. */
record Repeated(Times times, long firstNanos, String answer) {
  static Repeated of(int rounds, Supplier<String> question) {
    long[] nanos = new long[rounds];
    String answer = "";
    for (int i = 0; i < rounds; i++) {
      long begin = System.nanoTime();
      answer = question.get();
      nanos[i] = System.nanoTime() - begin;
    }
    return new Repeated(new Times(nanos), nanos[0], answer);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "first %.1f ms, median %.1f ms, worst %.1f ms: %s",
        firstNanos / 1e6,
        times.percentile(50) / 1e6,
        times.percentile(100) / 1e6,
        answer);
  }
}
