package dev.berth.e2e.bench.engine;

import java.io.PrintStream;

/** One figure as it is printed: what, what it should be, what it was. */
public record Row(String name, String target, String measured) {
  void print(PrintStream out) {
    out.printf("%-58s %-22s %s%n", name, target, measured);
    out.flush();
  }
}
