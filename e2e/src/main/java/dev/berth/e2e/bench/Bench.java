package dev.berth.e2e.bench;

import dev.berth.e2e.client.Schedulers;
import dev.berth.e2e.fleet.LocalFleet;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.PrintStream;
import java.util.Set;

/** All figures of a running fleet, one line each. */
public final class Bench {
  private static final Set<String> OURS =
      Set.of("scheduler-0", "scheduler-1", "operator", "node-agent", "hub", "gateway");

  private final LocalFleet fleet;
  private final PrintStream out;

  public Bench(LocalFleet fleet, PrintStream out) {
    this.fleet = fleet;
    this.out = out;
  }

  public void run(int spaces, int failovers) {
    memory();
    var config = Config.fromKubeconfig(fleet.cluster().kubeconfig().toFile());
    try (var client = new KubernetesClientBuilder().withConfig(config).build()) {
      new ApplyToRunning(client).measure(spaces).print(out);
    }
    var schedulers = Schedulers.of(fleet);
    new Failover(schedulers.list(), schedulers.tls(), schedulers.leader(fleet))
        .measure(failovers)
        .print(out);
  }

  private void memory() {
    fleet.status().stream()
        .filter(process -> process.pid().isPresent())
        .forEach(
            process ->
                out.printf(
                    "RSS of %-24s %5d MiB%s%n",
                    process.name(),
                    process.residentBytes() >> 20,
                    OURS.contains(process.name()) ? "   target <= 256 MiB" : ""));
  }
}
