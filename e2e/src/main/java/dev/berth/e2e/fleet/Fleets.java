package dev.berth.e2e.fleet;

import dev.berth.e2e.PrivateFile;
import dev.berth.e2e.build.ClusterPrograms;
import dev.berth.e2e.cluster.Cluster;
import dev.berth.e2e.cluster.K3sCluster;
import dev.berth.e2e.cluster.KubeconfigCluster;
import dev.berth.e2e.cluster.NativeCluster;
import dev.berth.e2e.home.Home;
import dev.berth.e2e.home.Settings;
import dev.berth.e2e.process.Supervisor;
import dev.berth.e2e.steps.Progress;
import java.time.Clock;

/** Puts fleets together. */
public final class Fleets {
  private Fleets() {}

  /** The fleet in a home; if there is none yet, its ports and network are chosen now. */
  public static LocalFleet create(FleetOptions options, Progress progress, Clock clock) {
    var home = Home.at(options.home());
    home.create();
    PrivateFile.write(home.cachePath(), options.cache() + "\n");
    var kind =
        options.kubeconfig().isPresent() ? "kubeconfig" : options.cluster().orElse(kind(home));
    return wire(options, home, Settings.of(home, kind, options.portBase()), progress, clock);
  }

  /** The fleet in a home that was brought up before. */
  public static LocalFleet open(FleetOptions options, Progress progress, Clock clock) {
    var home = Home.at(options.home());
    return wire(options, home, Settings.load(home), progress, clock);
  }

  private static String kind(Home home) {
    return home.exists() ? Settings.load(home).cluster() : "native";
  }

  private static LocalFleet wire(
      FleetOptions options, Home home, Settings settings, Progress progress, Clock clock) {
    var supervisor = new Supervisor(home);
    var programs =
        new ClusterPrograms(options.repository().resolve("e2e/cluster"), options.cache(), progress);
    var cluster = cluster(options, home, settings, programs, supervisor, progress);
    var steps =
        new FleetSteps(
            cluster,
            supervisor,
            new Manifests(
                cluster.kubectl(),
                options.repository().resolve("charts/berth"),
                Resources.copy("/manifests/berth.yaml", home.config("berth-manifests.yaml"))),
            () -> processes(options, home, settings, cluster));
    return new LocalFleet(home, settings, cluster, supervisor, steps, progress, clock);
  }

  private static BerthProcesses processes(
      FleetOptions options, Home home, Settings settings, Cluster cluster) {
    var devices =
        Resources.copyOnce("/simulated-devices.yaml", home.config("simulated-devices.yaml"));
    var distribution = new Distribution(options.libraries(), home.root());
    return new BerthProcesses(
        home,
        settings,
        new ProcessConfig(home, settings, cluster, devices),
        new JavaProcess(home, distribution.classPath(), distribution.directory()));
  }

  private static Cluster cluster(
      FleetOptions options,
      Home home,
      Settings settings,
      ClusterPrograms programs,
      Supervisor supervisor,
      Progress progress) {
    return switch (settings.cluster()) {
      case "kubeconfig" -> new KubeconfigCluster(home, options.kubeconfig(), programs);
      case "k3s" -> new K3sCluster(home, settings, programs);
      default -> new NativeCluster(home, settings, programs, supervisor, progress);
    };
  }
}
