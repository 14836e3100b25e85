package dev.berth.e2e.cli;

import dev.berth.e2e.fleet.Fleets;
import dev.berth.e2e.fleet.LocalFleet.Scope;
import dev.berth.e2e.home.Port;
import dev.berth.e2e.steps.Progress;
import java.time.Clock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "up",
    description = "Brings up a cluster and the control plane on it. Does only what is missing.")
public final class UpCommand extends FleetCommand {
  @Option(
      names = "--only",
      paramLabel = "PART",
      description = "cluster: bring up the cluster and nothing of Berth")
  private Part only = Part.everything;

  /** Names as they are typed. */
  enum Part {
    cluster,
    everything
  }

  @Override
  public Integer call() {
    var clock = Clock.systemUTC();
    long begin = clock.millis();
    try (var progress = new Progress(out, clock)) {
      var fleet = Fleets.create(options().toFleetOptions(), progress, clock);
      out.println("Bringing up the fleet in " + fleet.home().root());
      fleet.up(only == Part.cluster ? Scope.CLUSTER : Scope.EVERYTHING);
      out.printf("Up after %.1f s.%n%n", (clock.millis() - begin) / 1000.0);
      out.println("Next:");
      out.println("  ./berth demo                      runs the examples, ends with their bill");
      out.println("  ./berth kubectl get spaces,flavors");
      out.println("  eval \"$(./berth env)\"             for kubectl and the Hub's clients");
      out.printf("  http://127.0.0.1:%d/              the hub%n", fleet.port(Port.HUB));
      out.println("  ./berth status | logs NAME | down");
    }
    return 0;
  }
}
