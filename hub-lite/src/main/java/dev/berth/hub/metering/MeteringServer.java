package dev.berth.hub.metering;

import dev.berth.api.metering.v1.MeteringGrpc;
import dev.berth.api.process.ConfigException;
import dev.berth.api.process.HostPort;
import io.grpc.Server;
import io.grpc.ServerCredentials;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.io.IOException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Metering, health and reflection on one port; calls run on virtual threads. */
public final class MeteringServer implements AutoCloseable {
  private static final int MESSAGE_BYTES_MAX = 16 << 20;
  private final Server server;
  private final HealthStatusManager health;

  public static MeteringServer start(
      HostPort listen, ServerCredentials credentials, MeteringService service) {
    HealthStatusManager health = new HealthStatusManager();
    Server server =
        NettyServerBuilder.forAddress(listen.socketAddress(), credentials)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .permitKeepAliveTime(1, TimeUnit.SECONDS)
            .permitKeepAliveWithoutCalls(true)
            .keepAliveTime(10, TimeUnit.SECONDS)
            .maxInboundMessageSize(MESSAGE_BYTES_MAX)
            .addService(service)
            .addService(health.getHealthService())
            .addService(ProtoReflectionServiceV1.newInstance())
            .build();
    try {
      server.start();
    } catch (IOException e) {
      throw new ConfigException(
          "Cannot listen on metering address " + listen + ": " + e.getMessage(), e);
    }
    health.setStatus(MeteringGrpc.SERVICE_NAME, ServingStatus.SERVING);
    return new MeteringServer(server, health);
  }

  private MeteringServer(Server server, HealthStatusManager health) {
    this.server = server;
    this.health = health;
  }

  public int port() {
    return server.getPort();
  }

  /** Refuses new streams and breaks the open ones off; nodes repeat what was not acknowledged. */
  @Override
  public void close() throws InterruptedException {
    health.enterTerminalState();
    server.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
  }
}
