package dev.berth.e2e.fleet;

import dev.berth.e2e.cluster.Cluster;
import dev.berth.e2e.process.ProcessSpec;
import dev.berth.e2e.process.Supervisor;
import dev.berth.e2e.steps.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** What needs what when a fleet starts, and the order in which it stops. */
final class FleetSteps {
  /** Our processes in groups, those that use others first. */
  static final List<List<String>> DOWN =
      List.of(
          List.of("gateway", "operator"),
          List.of("node-agent"),
          List.of("hub", "scheduler-0", "scheduler-1"),
          List.of("zookeeper"));

  private static final Duration READY_TIMEOUT = Duration.ofMinutes(2);
  private static final String MANIFESTS = "custom resources and flavors applied";

  private final Cluster cluster;
  private final Supervisor supervisor;
  private final Manifests manifests;
  private final Supplier<BerthProcesses> processes;

  /**
   * @param processes asked for only if they are to run, because they need the built jars
   */
  FleetSteps(
      Cluster cluster,
      Supervisor supervisor,
      Manifests manifests,
      Supplier<BerthProcesses> processes) {
    this.cluster = cluster;
    this.supervisor = supervisor;
    this.manifests = manifests;
    this.processes = processes;
  }

  List<Step> up(LocalFleet.Scope scope) {
    var steps = new ArrayList<>(cluster.steps());
    steps.add(new Step(MANIFESTS, Set.of(Cluster.API_READY), manifests::apply));
    if (scope == LocalFleet.Scope.EVERYTHING) {
      steps.addAll(ours(processes.get()));
    }
    return steps;
  }

  private List<Step> ours(BerthProcesses all) {
    return List.of(
        process(all.zooKeeper()),
        process(all.scheduler(0), "zookeeper"),
        process(all.scheduler(1), "zookeeper"),
        process(all.hub(), MANIFESTS),
        process(all.gateway(), MANIFESTS),
        process(all.operator(), MANIFESTS, "scheduler-0", "scheduler-1"),
        process(all.nodeAgent(), MANIFESTS, Cluster.KUBELET_READY, "scheduler-0", "hub"));
  }

  private Step process(ProcessSpec spec, String... after) {
    return new Step(
        spec.name(),
        Set.of(after),
        () -> {
          supervisor.start(spec);
          supervisor.awaitReady(spec, READY_TIMEOUT);
        });
  }
}
