package dev.berth.e2e.bench.engine;

import java.util.Locale;
import java.util.function.Consumer;

/**
 * How the cost of the same decisions grows with the number of nodes: the tasks that come before the
 * smallest cluster fills, so that what is decided is the same everywhere.
 */
record ScaleFigure(Trace trace, int[] copies, int rounds) implements Figure {
  @Override
  public void measure(Consumer<Row> told) {
    new Rounds(new Stream(trace), 3 * rounds); // Code that is compiled for all sizes.
    Times smallest = null;
    Trace fitting = trace.first(trace.tasks().size() / 2);
    for (int times : copies) {
      Trace larger = fitting.onTimes(times);
      Times measured = new Rounds(new Stream(larger), rounds).undisturbed();
      smallest = smallest == null ? measured : smallest;
      String growth =
          String.format(
              Locale.ROOT,
              "; mean x %.2f, p50 x %.2f, p99 x %.2f",
              measured.mean() / smallest.mean(),
              (double) measured.percentile(50) / smallest.percentile(50),
              (double) measured.percentile(99) / smallest.percentile(99));
      told.accept(
          new Row(
              "scale, %,d nodes".formatted(larger.nodes().size()), "x <= 1.5", measured + growth));
    }
  }
}
