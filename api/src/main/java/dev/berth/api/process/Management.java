package dev.berth.api.process;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The small HTTP server beside every process: {@code /metrics} in Prometheus text format, {@code
 * /healthz} 200 when ready and 503 when not, and pages that a process adds.
 */
public final class Management implements AutoCloseable {
  private final HttpServer server;

  /** Starts listening at once; {@code ready} is asked at each call of {@code /healthz}. */
  public static Management start(HostPort listen, BooleanSupplier ready) {
    try {
      return new Management(HttpServer.create(listen.socketAddress(), 16), ready);
    } catch (IOException e) {
      throw new ConfigException(
          "Cannot listen on management address " + listen + ": " + e.getMessage(), e);
    }
  }

  private Management(HttpServer server, BooleanSupplier ready) {
    this.server = server;
    JvmMetrics.builder().register();
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/metrics", Management::metrics);
    server.createContext(
        "/healthz",
        exchange -> {
          boolean ok = ready.getAsBoolean();
          answer(exchange, ok ? 200 : 503, "text/plain", ok ? "ok\n" : "not ready\n");
        });
    server.start();
  }

  /** Serves the current value of {@code body} as JSON under {@code path}. */
  public Management json(String path, Supplier<String> body) {
    server.createContext(path, exchange -> answer(exchange, 200, "application/json", body.get()));
    return this;
  }

  /** Serves a page for people under {@code path}. */
  public Management page(String path, String html) {
    server.createContext(path, exchange -> answer(exchange, 200, "text/html; charset=utf-8", html));
    return this;
  }

  public int port() {
    return server.getAddress().getPort();
  }

  private static void metrics(HttpExchange exchange) throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    PrometheusTextFormatWriter.create().write(text, PrometheusRegistry.defaultRegistry.scrape());
    answer(
        exchange,
        200,
        PrometheusTextFormatWriter.CONTENT_TYPE,
        text.toString(StandardCharsets.UTF_8));
  }

  private static void answer(HttpExchange exchange, int status, String type, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    try (exchange) {
      exchange.getResponseHeaders().add("Content-Type", type);
      exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
