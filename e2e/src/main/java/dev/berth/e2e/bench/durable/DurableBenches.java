package dev.berth.e2e.bench.durable;

import java.io.PrintStream;
import java.time.Duration;

/** The figures that need real processes but no cluster, by name. */
public final class DurableBenches {
  private DurableBenches() {}

  /** False when {@code name} is none of these. */
  public static boolean run(String name, int inFlight, int failovers, PrintStream out) {
    switch (name) {
      case "durable" -> {
        try (BenchProcesses processes = BenchProcesses.start(1, Duration.ofSeconds(10))) {
          new Throughput(processes, inFlight).measure(out);
        }
      }
      case "failover" -> {
        try (BenchProcesses processes = BenchProcesses.start(2, Duration.ofSeconds(2))) {
          new Succession(processes, failovers).measure(out);
        }
      }
      case "memory" -> Memory.measureInOwnProcess(out);
      default -> {
        return false;
      }
    }
    return true;
  }
}
