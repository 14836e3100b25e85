package dev.berth.e2e.fleet;

import dev.berth.e2e.cluster.Cluster;
import dev.berth.e2e.cluster.Directories;
import dev.berth.e2e.home.Home;
import dev.berth.e2e.home.Port;
import dev.berth.e2e.home.Settings;
import dev.berth.e2e.pki.FleetPki;
import dev.berth.e2e.process.Supervisor;
import dev.berth.e2e.steps.Plan;
import dev.berth.e2e.steps.Progress;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** A cluster and the control plane on it, on this machine. */
public final class LocalFleet {
  /** How much of it {@link #up} brings up. */
  public enum Scope {
    CLUSTER,
    EVERYTHING
  }

  private final Home home;
  private final Settings settings;
  private final Cluster cluster;
  private final Supervisor supervisor;
  private final FleetSteps steps;
  private final Progress progress;
  private final Clock clock;

  LocalFleet(
      Home home,
      Settings settings,
      Cluster cluster,
      Supervisor supervisor,
      FleetSteps steps,
      Progress progress,
      Clock clock) {
    this.home = home;
    this.settings = settings;
    this.cluster = cluster;
    this.supervisor = supervisor;
    this.steps = steps;
    this.progress = progress;
    this.clock = clock;
  }

  /** Brings up what is not up; returns when all of it is ready. */
  public void up(Scope scope) {
    try (var lock = HomeLock.of(home)) {
      lock.check();
      var random = new SecureRandom();
      cluster.prepare();
      new FleetPki(home, clock.instant(), random).create(settings.network());
      AdminToken.create(home, random);
      new Plan(progress).run(steps.up(scope));
      progress.track("node ready", cluster::awaitNodes);
    }
  }

  /**
   * Stops everything. Answers what is left on the machine in words, empty if nothing is.
   *
   * @param purge whether to delete the home too
   */
  public List<String> down(boolean purge) {
    try (var lock = HomeLock.of(home)) {
      lock.check();
      progress.track("processes of Berth stopped", () -> FleetSteps.DOWN.forEach(this::stopAll));
      var left = new ArrayList<>(cluster.down());
      left.addAll(new Strays(home).killAll());
      Distribution.prune(home.root());
      if (purge && left.isEmpty()) {
        progress.track("deleted " + home.root(), () -> Directories.delete(home.root()));
      }
      return left;
    }
  }

  private void stopAll(List<String> names) {
    names.parallelStream().forEach(supervisor::stop);
  }

  /** Kills a process as a crash would; it starts again about a second later. */
  public void kill9(String process) {
    supervisor.kill9(process);
  }

  public OptionalLong pid(String process) {
    return supervisor.pid(process);
  }

  /** Stops a process for good, until {@link #start}. */
  public void stop(String process) {
    supervisor.stop(process);
  }

  /** Starts a stopped process as it was. Does not wait until it is ready. */
  public void start(String process) {
    supervisor.start(process);
  }

  public List<ProcessStatus> status() {
    return new StatusReader(supervisor, settings, clock).read();
  }

  public Home home() {
    return home;
  }

  public int port(Port port) {
    return settings.port(port);
  }

  public Cluster cluster() {
    return cluster;
  }

  /** What clients of this fleet need in their environment. */
  public Map<String, String> environment() {
    var environment = new LinkedHashMap<String, String>();
    environment.put("KUBECONFIG", cluster.kubeconfig().toString());
    environment.put("HF_ENDPOINT", "http://127.0.0.1:" + port(Port.HUB));
    environment.put("HF_TOKEN", AdminToken.read(home));
    return environment;
  }
}
