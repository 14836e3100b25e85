package dev.berth.agent.telemetry;

import dev.berth.agent.telemetry.Reading.Key;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/** Scrapes one dcgm-exporter. */
public final class ExporterClient implements Scraper, AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();
  private final HttpRequest request;

  public ExporterClient(String url) {
    request = HttpRequest.newBuilder(URI.create(url)).timeout(TIMEOUT).build();
  }

  @Override
  public Map<Key, Reading> scrape() throws IOException, InterruptedException {
    HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException("Exporter answered " + response.statusCode() + " to " + request.uri());
    }
    return Reading.group(DcgmText.parse(response.body()));
  }

  @Override
  public void close() {
    http.close();
  }
}
