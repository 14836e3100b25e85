package dev.berth.e2e.demo.zerogpu;

import dev.berth.e2e.FleetException;
import dev.berth.e2e.Shell;
import dev.berth.e2e.build.PythonImage;
import dev.berth.e2e.client.FleetClient;
import dev.berth.e2e.client.Http;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** People who call Spaces with the unmodified {@code gradio_client}. */
public final class Visitors {
  private final PythonImage python;
  private final FleetClient fleet;

  public Visitors(PythonImage python, FleetClient fleet) {
    this.python = python;
    this.fleet = fleet;
  }

  /** Somebody; {@code token} is empty for a visitor who has not signed in. */
  public record Visitor(String name, String token) {}

  void tier(String account, String tier) {
    fleet.put("/api/accounts/" + account, "{\"tier\": \"%s\"}".formatted(tier));
  }

  /** An account of a tier, with an access token of its own. */
  public Visitor account(String name, String tier) {
    tier(name, tier);
    var made = fleet.post("/api/accounts/" + name + "/tokens", "{}");
    return new Visitor(name, made.path("token").asText());
  }

  Visitor anonymous() {
    return new Visitor("somebody", "");
  }

  /** One call, as it ends for the visitor. */
  public Visit visit(Visitor visitor, String url, String function, String... arguments) {
    var command = new ArrayList<>(python.script("visit.py"));
    command.addAll(List.of(url, function));
    command.addAll(List.of(arguments));
    Map<String, String> environment = new HashMap<>(python.environment());
    if (!visitor.token().isEmpty()) {
      environment.put("HF_TOKEN", visitor.token());
    }
    var printed = Shell.run(command, environment, "");
    if (!printed.ok()) {
      throw new FleetException("The visitor's client failed: " + printed.output());
    }
    var lines = printed.output().strip().lines().toList();
    return Visit.of(new Http.Answer(200, lines.getLast()).json());
  }
}
