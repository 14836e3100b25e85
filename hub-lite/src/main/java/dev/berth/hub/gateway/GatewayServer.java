package dev.berth.hub.gateway;

import dev.berth.api.process.ConfigException;
import dev.berth.api.process.HostPort;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import java.util.concurrent.TimeUnit;

/** The gateway's HTTP server and its connections to pods. Nothing that flows is ever timed out. */
public final class GatewayServer implements AutoCloseable {
  private static final int EVENT_LOOPS = 2;
  private static final int CONNECT_MILLIS_MAX = 2000;

  /** Streams keep their connection, so this bounds the open streams to one pod. */
  private static final int CONNECTIONS_PER_POD_MAX = 10_000;

  private static final int HEADER_BYTES_MAX = 64 << 10;

  private final Vertx vertx;
  private final HttpServer server;

  /** Takes over {@code vertx} and closes it in the end. */
  public static GatewayServer start(
      Vertx vertx, HostPort listen, Handler<HttpServerRequest> handler) {
    HttpServer server = vertx.createHttpServer(serverOptions()).requestHandler(handler);
    return new GatewayServer(
        vertx, await(server.listen(listen.port(), listen.host()), "listen on " + listen));
  }

  /** The connections to pods. */
  public static HttpClient pods(Vertx vertx) {
    return vertx.createHttpClient(
        new HttpClientOptions()
            .setConnectTimeout(CONNECT_MILLIS_MAX)
            .setMaxHeaderSize(HEADER_BYTES_MAX),
        new PoolOptions().setHttp1MaxSize(CONNECTIONS_PER_POD_MAX));
  }

  public static Vertx vertx() {
    return Vertx.vertx(vertxOptions());
  }

  private GatewayServer(Vertx vertx, HttpServer server) {
    this.vertx = vertx;
    this.server = server;
  }

  private static VertxOptions vertxOptions() {
    return new VertxOptions()
        .setEventLoopPoolSize(EVENT_LOOPS)
        .setWorkerPoolSize(1)
        .setInternalBlockingPoolSize(2)
        .setFileSystemOptions(
            new FileSystemOptions()
                .setFileCachingEnabled(false)
                .setClassPathResolvingEnabled(false));
  }

  private static HttpServerOptions serverOptions() {
    // A client that offers an upgrade to HTTP/2 gets HTTP/1.1: what pods speak, WebSockets
    // included.
    return new HttpServerOptions()
        .setHttp2ClearTextEnabled(false)
        .setMaxHeaderSize(HEADER_BYTES_MAX)
        .setMaxInitialLineLength(HEADER_BYTES_MAX);
  }

  public int port() {
    return server.actualPort();
  }

  @Override
  public void close() {
    await(vertx.close(), "stop");
  }

  private static <T> T await(Future<T> future, String purpose) {
    try {
      return future.await(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new ConfigException("The gateway cannot " + purpose + ": " + e.getMessage(), e);
    }
  }
}
