package dev.berth.e2e.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.e2e.fleet.LocalFleet;
import dev.berth.e2e.home.Port;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;

/** Everything that a person or a test asks of a running fleet over HTTP. */
public final class FleetClient {
  private final LocalFleet fleet;
  private final Http http = new Http();

  public FleetClient(LocalFleet fleet) {
    this.fleet = fleet;
  }

  /** What the hub knows: devices, leases, what was billed. */
  public JsonNode audit() {
    return http.json(hub("/api/audit"), bearer());
  }

  /** Usage of one account by resource. */
  public JsonNode usage(String account) {
    return http.json(hub("/api/usage?group=resource&account=" + account), bearer());
  }

  /** What the node's journal says. */
  public JsonNode timeline() {
    return http.json(local(Port.NODE_AGENT_MANAGEMENT) + "/timeline", Map.of());
  }

  /** The node's cards that are shared by turns: devices, seats, turns, queue. */
  public JsonNode turns() {
    return http.json(local(Port.NODE_AGENT_MANAGEMENT) + "/turns", Map.of());
  }

  /** The same of each node whose cards are shared; a node that shares none has no such page. */
  public List<JsonNode> turnPages() {
    var answer = http.get(local(Port.NODE_AGENT_MANAGEMENT) + "/turns", Map.of());
    return answer.status() == HttpURLConnection.HTTP_NOT_FOUND ? List.of() : List.of(turns());
  }

  /** The hub's ledger of prepaid credits, by account. */
  public JsonNode credits() {
    return http.json(hub("/api/audit/credits"), bearer());
  }

  /** Changes something at the hub as its administrator. */
  public JsonNode put(String path, String body) {
    return http.change("PUT", hub(path), body, bearer());
  }

  /** Makes something at the hub as its administrator. */
  public JsonNode post(String path, String body) {
    return http.change("POST", hub(path), body, bearer());
  }

  /** Calls a Space by its stable URL, through the gateway. */
  public Http.Answer visit(String url) {
    var uri = URI.create(url);
    var path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    return http.get(
        local(Port.GATEWAY) + path, Map.of("Host", uri.getHost() + ":" + uri.getPort()));
  }

  /** The stable URL of a Space or Endpoint. */
  public String url(String namespace, String name) {
    return "http://%s-%s.localhost:%d/".formatted(namespace, name, fleet.port(Port.GATEWAY));
  }

  private String hub(String path) {
    return local(Port.HUB) + path;
  }

  private String local(Port port) {
    return "http://127.0.0.1:" + fleet.port(port);
  }

  private Map<String, String> bearer() {
    try {
      return Map.of(
          "Authorization", "Bearer " + Files.readString(fleet.home().adminToken()).strip());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the admin token; run `./berth up`", e);
    }
  }
}
