package dev.berth.e2e.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.berth.e2e.FleetException;
import dev.berth.e2e.client.FleetClient;
import dev.berth.e2e.client.Kubectl;
import dev.berth.e2e.process.Pause;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** Applies the examples, shows what becomes of them, calls them, deletes them. */
public final class Demo {
  private static final String NAMESPACE = "acme";
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final JsonMapper JSON = new JsonMapper();

  private final Kubectl kubectl;
  private final FleetClient fleet;
  private final Path examples;
  private final PrintStream out;

  public Demo(Kubectl kubectl, FleetClient fleet, Path examples, PrintStream out) {
    this.kubectl = kubectl;
    this.fleet = fleet;
    this.examples = examples;
    this.out = out;
  }

  /** Runs it whole; what was applied is deleted again also when something fails. */
  public void run(Duration run) {
    say("Applying " + examples);
    kubectl.run("apply", "--server-side", "-f", examples.toString());
    try {
      var settled = awaitSettled();
      say("\nCalling each URL");
      settled.stream().filter(SpaceView::running).forEach(this::visit);
      say("\nLetting them run for " + run.toSeconds() + " s");
      Pause.of(run);
      out.println(kubectl.run("get", "spaces,resourceclaims", "-n", NAMESPACE));
    } finally {
      say("\nDeleting them");
      kubectl.run("delete", "spaces", "--all", "-n", NAMESPACE, "--timeout=120s");
    }
  }

  private List<SpaceView> awaitSettled() {
    var started = System.nanoTime();
    Map<String, String> seen = new HashMap<>();
    while (true) {
      var spaces = spaces();
      spaces.forEach(space -> show(space, seen, System.nanoTime() - started));
      if (!spaces.isEmpty() && spaces.stream().allMatch(SpaceView::settled)) {
        return spaces;
      }
      if (System.nanoTime() - started > PATIENCE.toNanos()) {
        throw new FleetException(
            "Not settled after "
                + PATIENCE.toMinutes()
                + " min: look at `./berth kubectl describe spaces -n acme`");
      }
      Pause.briefly();
    }
  }

  private void show(SpaceView space, Map<String, String> seen, long elapsed) {
    var line = space.line();
    if (!space.stage().isEmpty() && !line.equals(seen.put(space.name(), line))) {
      say("  %5.1f s  %s".formatted(elapsed / 1e9, line));
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

  private List<SpaceView> spaces() {
    var json = read(kubectl.run("get", "spaces", "-n", NAMESPACE, "-o", "json"));
    return StreamSupport.stream(json.path("items").spliterator(), false)
        .map(SpaceView::of)
        .toList();
  }

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new FleetException("kubectl did not print JSON: " + json, e);
    }
  }

  private void say(String line) {
    out.println(line);
    out.flush();
  }
}
