package dev.berth.e2e.bench.durable;

import dev.berth.api.agent.v1.NodeAgentGrpc;
import dev.berth.api.scheduler.v1.CapacityRequest;
import dev.berth.api.scheduler.v1.NodeCapacity;
import dev.berth.api.scheduler.v1.SchedulerGrpc;
import dev.berth.e2e.FleetException;
import dev.berth.e2e.bench.Load;
import dev.berth.e2e.process.Pause;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;

/** How many placements a second become durable while so many are always being asked for. */
final class Throughput {
  /** The JVMs compile that long; until then it takes half of the processor. */
  private static final int WARM_UP = 200_000;

  private static final int MEASURED = 40_000;

  private final BenchProcesses processes;
  private final int inFlight;

  Throughput(BenchProcesses processes, int inFlight) {
    this.processes = processes;
    this.inFlight = inFlight;
  }

  void measure(PrintStream out) {
    String before = Load.average();
    var cluster = Requests.cluster();
    ManagedChannel channel = processes.leader(SchedulerGrpc.SERVICE_NAME);
    try (var nodes = new FakeNodes(processes.leader(NodeAgentGrpc.SERVICE_NAME), cluster)) {
      awaitReady(channel, cluster.size());
      Requests requests = new Requests();
      Pipelined.run(channel, requests, WARM_UP, inFlight);
      Cpu idle = processes.cpu();
      Pipelined.Result result = Pipelined.run(channel, requests, MEASURED, inFlight);
      print(result, cluster.size(), before, out);
      out.println("  " + processes.cpu().minus(idle).each(MEASURED));
    } finally {
      channel.shutdownNow();
    }
  }

  private static void awaitReady(ManagedChannel channel, int count) {
    for (int tries = 0; ready(channel) < count; tries++) {
      if (tries == 600) {
        throw new FleetException("Of " + count + " nodes only " + ready(channel) + " are ready.");
      }
      Pause.of(Duration.ofMillis(100));
    }
  }

  private static long ready(ManagedChannel channel) {
    try {
      return SchedulerGrpc.newBlockingStub(channel)
          .withWaitForReady()
          .withDeadlineAfter(Duration.ofSeconds(30))
          .capacity(CapacityRequest.getDefaultInstance())
          .getNodesList()
          .stream()
          .filter(NodeCapacity::getReady)
          .count();
    } catch (StatusRuntimeException e) {
      return 0;
    }
  }

  private void print(Pipelined.Result result, int nodes, String before, PrintStream out) {
    long[] nanos = result.nanos().clone();
    Arrays.sort(nanos);
    out.printf(
        Locale.ROOT,
        "durable placements over gRPC, %,d nodes, %d in flight   target >= 5,000/s, p99 <= 50 ms%n"
            + "  %,.0f/s of %,d (%,d placed), p50 %.1f ms, p99 %.1f ms, worst %.1f ms; %s before, %s after%n",
        nodes,
        inFlight,
        nanos.length * 1e9 / result.elapsed(),
        nanos.length,
        result.placed(),
        nanos[nanos.length / 2] / 1e6,
        nanos[nanos.length * 99 / 100] / 1e6,
        nanos[nanos.length - 1] / 1e6,
        before,
        Load.average());
  }
}
