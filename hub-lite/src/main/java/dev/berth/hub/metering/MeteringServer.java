package dev.berth.hub.metering;

import dev.berth.api.process.ConfigException;
import dev.berth.api.process.HostPort;
import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.ServerCredentials;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Metering, other services of the hub, health and reflection on one port; calls run on virtual
 * threads.
 */
public final class MeteringServer implements AutoCloseable {
  private static final int MESSAGE_BYTES_MAX = 16 << 20;
  private final Server server;
  private final HealthStatusManager health;

  public static MeteringServer start(
      HostPort listen, ServerCredentials credentials, BindableService... services) {
    HealthStatusManager health = new HealthStatusManager();
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(listen.socketAddress(), credentials)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .permitKeepAliveTime(1, TimeUnit.SECONDS)
            .permitKeepAliveWithoutCalls(true)
            .keepAliveTime(10, TimeUnit.SECONDS)
            .maxInboundMessageSize(MESSAGE_BYTES_MAX)
            .addService(health.getHealthService())
            .addService(ProtoReflectionServiceV1.newInstance());
    List.of(services).forEach(builder::addService);
    Server server = builder.build();
    try {
      server.start();
    } catch (IOException e) {
      throw new ConfigException(
          "Cannot listen on metering address " + listen + ": " + e.getMessage(), e);
    }
    for (BindableService service : services) {
      String name = service.bindService().getServiceDescriptor().getName();
      health.setStatus(name, ServingStatus.SERVING);
    }
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
