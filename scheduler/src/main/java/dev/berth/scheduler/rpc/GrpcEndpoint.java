package dev.berth.scheduler.rpc;

import dev.berth.api.process.ConfigException;
import dev.berth.api.process.HostPort;
import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.ServerCredentials;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** The listening gRPC server, with reflection. */
public final class GrpcEndpoint implements AutoCloseable {
  private static final int MAX_MESSAGE_BYTES = 16 << 20;
  private final Server server;

  private GrpcEndpoint(Server server) {
    this.server = server;
  }

  public static GrpcEndpoint start(
      HostPort listen, ServerCredentials credentials, List<BindableService> services) {
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(listen.socketAddress(), credentials)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .maxInboundMessageSize(MAX_MESSAGE_BYTES)
            .permitKeepAliveTime(1, TimeUnit.SECONDS)
            .permitKeepAliveWithoutCalls(true)
            .keepAliveTime(5, TimeUnit.SECONDS)
            .keepAliveTimeout(5, TimeUnit.SECONDS)
            .addService(ProtoReflectionServiceV1.newInstance());
    services.forEach(builder::addService);
    try {
      return new GrpcEndpoint(builder.build().start());
    } catch (IOException e) {
      throw new ConfigException("Cannot listen on " + listen + ": " + e.getMessage(), e);
    }
  }

  public int port() {
    return server.getPort();
  }

  @Override
  public void close() throws InterruptedException {
    server.shutdown();
    if (!server.awaitTermination(1, TimeUnit.SECONDS)) {
      server.shutdownNow();
    }
  }
}
