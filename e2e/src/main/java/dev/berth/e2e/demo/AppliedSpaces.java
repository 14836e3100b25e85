package dev.berth.e2e.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.berth.e2e.FleetException;
import dev.berth.e2e.client.Kubectl;
import dev.berth.e2e.process.Pause;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** The Spaces of a namespace, from apply to delete. */
public final class AppliedSpaces {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final JsonMapper JSON = new JsonMapper();

  private final Kubectl kubectl;
  private final String namespace;
  private final PrintStream out;

  public AppliedSpaces(Kubectl kubectl, String namespace, PrintStream out) {
    this.kubectl = kubectl;
    this.namespace = namespace;
    this.out = out;
  }

  /** Applies the files of a directory. */
  public void apply(Path directory) {
    say("Applying " + directory);
    kubectl.run("apply", "--server-side", "-f", directory.toString());
  }

  /** Shows each change until all run or say why not. */
  public List<SpaceView> awaitSettled() {
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
            "Not settled after %d min: look at `./berth kubectl describe spaces -n %s`"
                .formatted(PATIENCE.toMinutes(), namespace));
      }
      Pause.briefly();
    }
  }

  public void print() {
    out.println(kubectl.run("get", "spaces,resourceclaims", "-n", namespace));
  }

  public void delete() {
    say("\nDeleting them");
    kubectl.run("delete", "spaces", "--all", "-n", namespace, "--timeout=120s");
  }

  private void show(SpaceView space, Map<String, String> seen, long elapsed) {
    var line = space.line();
    if (!space.stage().isEmpty() && !line.equals(seen.put(space.name(), line))) {
      say("  %5.1f s  %s".formatted(elapsed / 1e9, line));
    }
  }

  private List<SpaceView> spaces() {
    var json = read(kubectl.run("get", "spaces", "-n", namespace, "-o", "json"));
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
