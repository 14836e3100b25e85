package dev.berth.e2e.bench.engine;

import java.io.PrintStream;
import java.util.function.Supplier;

/** The figures of the core alone, by name; they need no fleet. */
public final class EngineBenches {
  private EngineBenches() {}

  /** False when {@code name} is none of these. */
  public static boolean run(String name, Supplier<Trace> trace, PrintStream out) {
    Figure figure =
        switch (name) {
          case "engine" -> new EngineFigure(trace.get(), 60);
          case "scale" -> new ScaleFigure(trace.get(), new int[] {1, 10, 80}, 15);
          case "gang" -> new GangFigure(30);
          case "never" -> new NeverFigure(100);
          case "consolidate" -> new ConsolidateFigure(20);
          default -> null;
        };
    if (figure != null) {
      figure.measure(row -> row.print(out));
    }
    return figure != null;
  }
}
