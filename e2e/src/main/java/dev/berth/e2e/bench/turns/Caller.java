package dev.berth.e2e.bench.turns;

import dev.berth.e2e.FleetException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Calls the device API as the {@code spaces} client does; a worker is never forked. */
final class Caller {
  private static final Pattern TOKEN = Pattern.compile("\"allowToken\":\"([^\"]+)\"");

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /**
   * A seat of the node.
   *
   * @param url of its device API
   */
  record Seat(String lease, String url) {}

  /** Schedules a turn; its token. */
  String schedule(Seat seat) {
    String query =
        "?cgroupPath=%s&taskId=1&enableQueue=true&tokenVersion=2&durationSeconds=1"
            .formatted(URLEncoder.encode("/berth/seat/" + seat.lease(), StandardCharsets.UTF_8));
    Matcher token = TOKEN.matcher(post(seat.url() + "/schedule" + query));
    if (!token.find()) {
      throw new FleetException("No turn was given to " + seat);
    }
    return token.group(1);
  }

  void release(Seat seat, String token) {
    post(seat.url() + "/release?allowToken=" + token + "&fail=false");
  }

  private String post(String url) {
    try {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(URI.create(url))
                  .timeout(Duration.ofSeconds(30))
                  .POST(HttpRequest.BodyPublishers.noBody())
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() / 100 != 2) {
        throw new FleetException(
            "%s answered %d: %s".formatted(url, answer.statusCode(), answer.body()));
      }
      return answer.body();
    } catch (IOException e) {
      throw new FleetException(url + " does not answer: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FleetException("Interrupted", e);
    }
  }
}
