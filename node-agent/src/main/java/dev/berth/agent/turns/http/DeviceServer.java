package dev.berth.agent.turns.http;

import dev.berth.agent.turns.devices.TurnDevices;
import dev.berth.agent.turns.process.Processes;
import dev.berth.agent.turns.runtime.TurnEngine;
import dev.berth.agent.turns.visitors.Payers;
import dev.berth.api.process.ConfigException;
import dev.berth.api.process.HostPort;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Where pods reach the device API. */
public final class DeviceServer implements AutoCloseable {
  private static final int SECONDS = 10;
  private static final int BLOCKING_THREADS = 4;
  private final Vertx vertx;
  private final HttpServer server;

  private DeviceServer(Vertx vertx, HttpServer server) {
    this.vertx = vertx;
    this.server = server;
  }

  /**
   * Listens when it returns.
   *
   * @param unsaid what a call takes that does not say
   * @param ping between two signs of life to a caller that waits
   */
  public static DeviceServer start(
      HostPort listen,
      TurnEngine engine,
      TurnDevices devices,
      Processes processes,
      SeatDoor door,
      Payers payers,
      Duration unsaid,
      Duration ping) {
    Vertx vertx =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(BLOCKING_THREADS)
                .setInternalBlockingPoolSize(1)
                .setFileSystemOptions(
                    new FileSystemOptions()
                        .setClassPathResolvingEnabled(false)
                        .setFileCachingEnabled(false)));
    DeviceApi api =
        new DeviceApi(
            vertx, engine, devices, processes, door, payers, new DeviceApi.Rules(unsaid, ping));
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost(listen.host())
            .setPort(listen.port())
            .setTcpNoDelay(true)
            .setMaxInitialLineLength(16 << 10)
            .setCompressionSupported(false);
    try {
      HttpServer server =
          vertx
              .createHttpServer(options)
              .requestHandler(api::handle)
              .listen()
              .await(SECONDS, TimeUnit.SECONDS);
      return new DeviceServer(vertx, server);
    } catch (TimeoutException | RuntimeException e) {
      vertx.close();
      throw new ConfigException("Cannot serve the device API on " + listen + ": " + e, e);
    }
  }

  public int port() {
    return server.actualPort();
  }

  @Override
  public void close() {
    try {
      vertx.close().await(SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new IllegalStateException("The device API does not stop", e);
    }
  }
}
