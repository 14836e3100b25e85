package dev.berth.e2e.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.berth.e2e.FleetException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/** Small HTTP calls with headers, answered whole. */
public final class Http {
  private static final JsonMapper JSON = new JsonMapper();

  static {
    // Host routing is what the gateway does; resolving *.localhost is not everywhere possible.
    System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
  }

  /** The answer's status and body; status 0 means that no connection was made. */
  public record Answer(int status, String body) {
    public JsonNode json() {
      try {
        return JSON.readTree(body);
      } catch (JsonProcessingException e) {
        throw new FleetException("Expected JSON, got: " + body, e);
      }
    }
  }

  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

  /** GET; never throws for what the other side does or does not do. */
  public Answer get(String url, Map<String, String> headers) {
    return send(HttpRequest.newBuilder(URI.create(url)).GET(), headers);
  }

  /** A request with a JSON body that must succeed. */
  public JsonNode change(String method, String url, String body, Map<String, String> headers) {
    var request =
        HttpRequest.newBuilder(URI.create(url))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .header("Content-Type", "application/json");
    var answer = send(request, headers);
    if (answer.status() / 100 != 2) {
      throw new FleetException(
          "%s %s answered %d: %s".formatted(method, url, answer.status(), answer.body()));
    }
    return answer.json();
  }

  private Answer send(HttpRequest.Builder request, Map<String, String> headers) {
    headers.forEach(request::header);
    request.timeout(Duration.ofSeconds(10));
    try {
      var answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Answer(answer.statusCode(), answer.body());
    } catch (IOException e) {
      return new Answer(0, e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Answer(0, "interrupted");
    }
  }

  /** GET of something that must be there. */
  public JsonNode json(String url, Map<String, String> headers) {
    var answer = get(url, headers);
    if (answer.status() != 200) {
      throw new FleetException(
          "GET %s answered %d: %s; look at `./berth status` and `./berth logs`"
              .formatted(url, answer.status(), answer.body()));
    }
    return answer.json();
  }
}
