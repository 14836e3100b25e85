package dev.berth.e2e.cli;

import dev.berth.e2e.FleetException;
import dev.berth.e2e.bench.Bench;
import dev.berth.e2e.bench.durable.DurableBenches;
import dev.berth.e2e.bench.engine.EngineBenches;
import dev.berth.e2e.bench.engine.GeneratedTrace;
import dev.berth.e2e.bench.engine.Trace;
import dev.berth.e2e.bench.turns.TurnsBench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "bench",
    description =
        "Measures the running fleet, or the scheduler alone, and prints the figures beside their targets.")
public final class BenchCommand extends FleetCommand {
  @Option(names = "--spaces", description = "Spaces to start one after the other (default: 20)")
  private int spaces = 20;

  @Option(names = "--failovers", description = "Leaders to kill (default: 20)")
  private int failovers = 20;

  @Option(
      names = "--in-flight",
      description = "Placements that durable asks for at a time (default: 128)")
  private int inFlight = 128;

  @Parameters(
      arity = "0..1",
      defaultValue = "fleet",
      description =
          "fleet (default), or without a fleet: engine, scale, gang, never, consolidate, durable, failover, memory, turns (targets in docs/benchmarks.md)")
  private String figure = "fleet";

  @Option(
      names = "--nodes",
      paramLabel = "CSV",
      description = "The cluster of engine and scale (default: one is generated)")
  private @Nullable Path nodes;

  @Option(names = "--arrivals", paramLabel = "CSV", description = "The tasks that come to it")
  private @Nullable Path arrivals;

  @Option(names = "--workload", paramLabel = "CSV", description = "Tasks that are typical")
  private @Nullable Path workload;

  @Override
  public Integer call() throws IOException {
    out.println("Machine: " + Runtime.getRuntime().availableProcessors() + " cores, " + memory());
    boolean alone =
        EngineBenches.run(figure, this::trace, out)
            || DurableBenches.run(figure, inFlight, failovers, out)
            || TurnsBench.run(figure, out);
    return alone ? 0 : fleet();
  }

  private Trace trace() {
    if (nodes == null && arrivals == null && workload == null) {
      return GeneratedTrace.of(1);
    }
    if (nodes == null || arrivals == null || workload == null) {
      throw new FleetException(
          "A trace is three files: give --nodes, --arrivals and --workload, or none of them.");
    }
    return Trace.read(nodes, arrivals, workload);
  }

  private int fleet() {
    if (!figure.equals("fleet")) {
      throw new FleetException(
          "Unknown figure '" + figure + "'; see ./berth bench --help for their names.");
    }
    var fleet = open();
    new Bench(fleet, out).run(spaces, failovers);
    return 0;
  }

  private static String memory() throws IOException {
    return Files.readAllLines(Path.of("/proc/meminfo")).getFirst();
  }
}
