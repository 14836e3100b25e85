package dev.berth.agent.dra;

import dev.berth.agent.wire.dra.v1.Claim;
import dev.berth.agent.wire.dra.v1.DRAPluginGrpc;
import dev.berth.agent.wire.dra.v1.NodePrepareResourceResponse;
import dev.berth.agent.wire.dra.v1.NodePrepareResourcesRequest;
import dev.berth.agent.wire.dra.v1.NodeUnprepareResourcesRequest;
import dev.berth.agent.wire.health.DRAResourceHealthGrpc;
import dev.berth.agent.wire.health.HealthStatus;
import dev.berth.agent.wire.health.NodeWatchResourcesRequest;
import dev.berth.agent.wire.registration.RegistrationGrpc;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Dials the plugin's sockets as the kubelet does. */
final class FakeKubelet implements AutoCloseable {
  private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final ManagedChannel registration;
  private final ManagedChannel work;

  FakeKubelet(Path root) {
    registration = dial(root.resolve("plugins_registry/berth.dev-reg.sock"));
    work = dial(root.resolve("plugins/berth.dev/dra.sock"));
  }

  private ManagedChannel dial(Path socket) {
    return NettyChannelBuilder.forAddress(UnixDomainSocketAddress.of(socket))
        .channelType(NioDomainSocketChannel.class, UnixDomainSocketAddress.class)
        .eventLoopGroup(loop)
        .overrideAuthority("localhost")
        .usePlaintext()
        .build();
  }

  RegistrationGrpc.RegistrationBlockingStub registration() {
    return RegistrationGrpc.newBlockingStub(registration).withDeadlineAfter(10, TimeUnit.SECONDS);
  }

  NodePrepareResourceResponse prepare(Claim claim) {
    return Objects.requireNonNull(prepareAll(claim).get(claim.getUid()));
  }

  Map<String, NodePrepareResourceResponse> prepareAll(Claim... claims) {
    return DRAPluginGrpc.newBlockingStub(work)
        .withDeadlineAfter(10, TimeUnit.SECONDS)
        .nodePrepareResources(
            NodePrepareResourcesRequest.newBuilder().addAllClaims(List.of(claims)).build())
        .getClaimsMap();
  }

  String unprepare(Claim claim) {
    return Objects.requireNonNull(
            DRAPluginGrpc.newBlockingStub(work)
                .withDeadlineAfter(10, TimeUnit.SECONDS)
                .nodeUnprepareResources(
                    NodeUnprepareResourcesRequest.newBuilder().addClaims(claim).build())
                .getClaimsMap()
                .get(claim.getUid()))
        .getError();
  }

  /** The health of one device as a new watch tells it first. */
  HealthStatus health(String device) {
    return DRAResourceHealthGrpc.newBlockingStub(work)
        .withDeadlineAfter(10, TimeUnit.SECONDS)
        .nodeWatchResources(NodeWatchResourcesRequest.getDefaultInstance())
        .next()
        .getDevicesList()
        .stream()
        .filter(d -> d.getDevice().getDeviceName().equals(device))
        .findFirst()
        .orElseThrow()
        .getHealth();
  }

  @Override
  public void close() {
    registration.shutdownNow();
    work.shutdownNow();
    var _ = loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }
}
