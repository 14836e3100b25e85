package dev.berth.e2e.bench.durable;

import dev.berth.api.agent.v1.NodeAgentGrpc;
import dev.berth.api.scheduler.v1.ListRequest;
import dev.berth.api.scheduler.v1.Placement;
import dev.berth.api.scheduler.v1.SchedulerGrpc;
import dev.berth.e2e.bench.Load;
import dev.berth.e2e.process.Pause;
import io.grpc.ManagedChannel;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * kill -9 of the leading scheduler while placements are asked for, until the next decision. After
 * each, a write of the dead leader's term is tried; in the end, all that was ever acknowledged must
 * be there.
 */
final class Succession {
  /** A standby reads the store and rehearses every 5 s. */
  private static final Duration CALM = Duration.ofSeconds(8);

  private final BenchProcesses processes;
  private final int rounds;

  Succession(BenchProcesses processes, int rounds) {
    this.processes = processes;
    this.rounds = rounds;
  }

  void measure(PrintStream out) {
    String before = Load.average();
    ManagedChannel channel = processes.leader(SchedulerGrpc.SERVICE_NAME);
    try (var nodes =
            new FakeNodes(processes.leader(NodeAgentGrpc.SERVICE_NAME), Requests.cluster());
        var fence = new Fence(processes.zooKeeper());
        var asking = new Asking(channel, 8)) {
      asking.await(50);
      fence.awaitCandidates(2);
      Pause.of(CALM);
      long[] nanos = new long[rounds];
      int stale = 0;
      for (int round = 0; round < rounds; round++) {
        Fence.Reign reign = fence.reign();
        nanos[round] = killed(reign.leader(), asking);
        stale += fence.accepts(reign) ? 1 : 0;
        processes.restart(reign.leader());
        fence.awaitCandidates(2);
        Pause.of(CALM);
      }
      asking.stop();
      stale += asking.stale();
      print(nanos, stale, asking, lost(channel, asking.acknowledged()), before, out);
    } finally {
      channel.shutdownNow();
    }
  }

  private long killed(int leader, Asking asking) {
    processes.kill(leader);
    long killed = System.nanoTime();
    return asking.firstAskedAfter(killed) - killed;
  }

  private static int lost(ManagedChannel channel, List<Asking.Acknowledged> acknowledged) {
    Set<String> missing =
        new HashSet<>(acknowledged.stream().map(Asking.Acknowledged::id).toList());
    missing.removeAll(
        SchedulerGrpc.newBlockingStub(channel)
            .withWaitForReady()
            .list(ListRequest.getDefaultInstance())
            .getPlacementsList()
            .stream()
            .map(Placement::getPlacementId)
            .collect(Collectors.toCollection(ArrayList::new)));
    return missing.size();
  }

  private void print(
      long[] nanos, int stale, Asking asking, int lost, String before, PrintStream out) {
    Arrays.sort(nanos);
    out.printf(
        Locale.ROOT,
        "scheduler kill -9 under load to next decision, n = %d   target p99 <= 3 s, 0 stale writes accepted%n"
            + "  p50 %.3f s, p99 %.3f s, worst %.3f s; %d stale writes accepted, %d of %,d acknowledged placements lost; %s before, %s after%n",
        rounds,
        nanos[(rounds - 1) / 2] / 1e9,
        nanos[Math.ceilDiv(99 * rounds, 100) - 1] / 1e9,
        nanos[rounds - 1] / 1e9,
        stale,
        lost,
        asking.acknowledged().size(),
        before,
        Load.average());
  }
}
