package dev.berth.e2e.cli;

import dev.berth.e2e.steps.Progress;
import java.time.Clock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "down",
    description = "Stops everything and leaves no process, mount, network interface or cgroup.")
public final class DownCommand extends FleetCommand {
  @Option(names = "--purge", description = "Delete the fleet's data too, but not the cache")
  private boolean purge;

  @Override
  public Integer call() {
    try (var progress = new Progress(out, Clock.systemUTC())) {
      var fleet = open(progress);
      out.println("Taking down the fleet in " + fleet.home().root());
      var left = fleet.down(purge);
      if (left.isEmpty()) {
        out.println("Down. No process, mount, network interface or cgroup is left.");
        return 0;
      }
      out.println("Still there:");
      left.forEach(thing -> out.println("  " + thing));
      return 1;
    }
  }
}
