package dev.berth.e2e.demo;

import dev.berth.e2e.FleetException;
import dev.berth.e2e.client.FleetClient;
import dev.berth.e2e.client.Kubectl;
import dev.berth.e2e.process.Pause;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;

/** Applies the examples, shows what becomes of them, calls them, deletes them. */
public final class Demo {
  private static final String NAMESPACE = "acme";

  private final AppliedSpaces spaces;
  private final FleetClient fleet;
  private final Path examples;
  private final PrintStream out;

  public Demo(Kubectl kubectl, FleetClient fleet, Path examples, PrintStream out) {
    this.spaces = new AppliedSpaces(kubectl, NAMESPACE, out);
    this.fleet = fleet;
    this.examples = examples;
    this.out = out;
  }

  /** Runs it whole; what was applied is deleted again also when something fails. */
  public void run(Duration run) {
    spaces.apply(examples);
    try {
      var settled = spaces.awaitSettled();
      say("\nCalling each URL");
      settled.stream().filter(SpaceView::running).forEach(this::visit);
      say("\nLetting them run for " + run.toSeconds() + " s");
      Pause.of(run);
      spaces.print();
    } finally {
      spaces.delete();
    }
  }

  private void visit(SpaceView space) {
    var answer = fleet.visit(space.url());
    say("  %s  %d  %s".formatted(space.url(), answer.status(), answer.body().strip()));
    if (answer.status() != 200) {
      throw new FleetException(
          "%s says RUNNING but its URL answered %d".formatted(space.name(), answer.status()));
    }
  }

  private void say(String line) {
    out.println(line);
    out.flush();
  }
}
