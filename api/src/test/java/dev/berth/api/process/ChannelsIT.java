package dev.berth.api.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.api.scheduler.v1.CapacityRequest;
import dev.berth.api.scheduler.v1.CapacityResponse;
import dev.berth.api.scheduler.v1.SchedulerGrpc;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChannelsIT {
  private static final String SERVICE = "berth.scheduler.v1.Scheduler";

  @TempDir Path dir;
  private final List<Server> servers = new ArrayList<>();

  @AfterEach
  void stop() {
    servers.forEach(Server::shutdownNow);
  }

  @Test
  void callsTheServingAddressAndFollowsIt() throws IOException {
    // Given two schedulers of which the first leads
    TestAuthority authority = new TestAuthority(dir);
    Node first = start(authority.sign("first"), 1, ServingStatus.SERVING);
    Node second = start(authority.sign("second"), 2, ServingStatus.NOT_SERVING);
    ManagedChannel channel =
        Channels.toServing(
            List.of(first.address(), second.address()), SERVICE, authority.sign("me").client());

    // When leadership moves
    long before = epoch(channel);
    first.health().setStatus(SERVICE, ServingStatus.NOT_SERVING);
    second.health().setStatus(SERVICE, ServingStatus.SERVING);

    // Then calls move with it
    assertThat(before).isEqualTo(1);
    await()
        .atMost(5, TimeUnit.SECONDS)
        .untilAsserted(() -> assertThat(epoch(channel)).isEqualTo(2));
    channel.shutdownNow();
  }

  @Test
  void knowsAnAddressThatCameBackAfterALongTime() throws IOException {
    // Given an address that was down while the transport's pause between attempts grew
    TestAuthority authority = new TestAuthority(dir);
    Node first = start(authority.sign("first"), 1, ServingStatus.SERVING);
    Tls tls = authority.sign("second");
    int port = freePort();
    ManagedChannel channel =
        Channels.toServing(
            List.of(first.address(), "127.0.0.1:" + port), SERVICE, authority.sign("me").client());
    assertThat(epoch(channel)).isEqualTo(1);
    try (ServerSocket deaf = new ServerSocket(port)) {
      deaf.setSoTimeout(15_000); // The transport's own pause is longer by the ninth attempt.
      for (int i = 0; i < 10; i++) {
        deaf.accept().close();
      }
    }

    // When it comes back and has to lead at once
    start(port, tls, 2, ServingStatus.SERVING);
    servers.getFirst().shutdownNow();

    // Then calls find it, since it was tried all the time
    await()
        .atMost(40, TimeUnit.SECONDS)
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(epoch(channel)).isEqualTo(2));
    channel.shutdownNow();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Test
  void refusesAClientOfAnotherAuthority() throws IOException {
    // Given
    Node server = start(new TestAuthority(dir).sign("server"), 1, ServingStatus.SERVING);
    Path elsewhere = java.nio.file.Files.createDirectory(dir.resolve("other"));
    Tls stranger = new TestAuthority(elsewhere).sign("stranger");

    // When
    ManagedChannel channel =
        Channels.toServing(List.of(server.address()), SERVICE, stranger.client());
    Status.Code code = failure(channel);

    // Then
    assertThat(code).isIn(Status.Code.UNAVAILABLE, Status.Code.DEADLINE_EXCEEDED);
    channel.shutdownNow();
  }

  private record Node(String address, HealthStatusManager health) {}

  private Node start(Tls tls, long epoch, ServingStatus status) throws IOException {
    return start(0, tls, epoch, status);
  }

  private Node start(int port, Tls tls, long epoch, ServingStatus status) throws IOException {
    HealthStatusManager health = new HealthStatusManager();
    health.setStatus(SERVICE, status);
    Server server =
        Grpc.newServerBuilderForPort(port, tls.server())
            .addService(health.getHealthService())
            .addService(answering(epoch))
            .build()
            .start();
    servers.add(server);
    return new Node("127.0.0.1:" + server.getPort(), health);
  }

  private static SchedulerGrpc.SchedulerImplBase answering(long epoch) {
    return new SchedulerGrpc.SchedulerImplBase() {
      @Override
      public void capacity(CapacityRequest request, StreamObserver<CapacityResponse> answer) {
        answer.onNext(CapacityResponse.newBuilder().setEpoch(epoch).build());
        answer.onCompleted();
      }
    };
  }

  private static long epoch(ManagedChannel channel) {
    return SchedulerGrpc.newBlockingStub(channel)
        .withDeadlineAfter(10, TimeUnit.SECONDS)
        .withWaitForReady()
        .capacity(CapacityRequest.getDefaultInstance())
        .getEpoch();
  }

  private static Status.Code failure(ManagedChannel channel) {
    try {
      SchedulerGrpc.newBlockingStub(channel)
          .withDeadlineAfter(5, TimeUnit.SECONDS)
          .capacity(CapacityRequest.getDefaultInstance());
      return Status.Code.OK;
    } catch (StatusRuntimeException e) {
      return e.getStatus().getCode();
    }
  }
}
