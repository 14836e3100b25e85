package dev.berth.e2e.bench;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;

/** Samples of one figure and how they are printed beside their target. */
record Figures(String name, String target, List<Duration> samples) {

  /** The smallest sample that at least {@code percent} of all do not exceed (nearest rank). */
  Duration percentile(int percent) {
    var sorted = samples.stream().sorted().toList();
    int rank = Math.ceilDiv(percent * sorted.size(), 100);
    return sorted.get(Math.max(rank, 1) - 1);
  }

  void print(PrintStream out) {
    out.printf(
        "%-44s n=%-3d p50 %7.3f s  p90 %7.3f s  p99 %7.3f s  max %7.3f s   target %s%n",
        name, samples.size(), seconds(50), seconds(90), seconds(99), seconds(100), target);
    out.flush();
  }

  private double seconds(int percent) {
    return percentile(percent).toNanos() / 1e9;
  }
}
