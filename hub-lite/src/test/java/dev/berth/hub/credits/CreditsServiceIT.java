package dev.berth.hub.credits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.api.process.Channels;
import dev.berth.api.process.HostPort;
import dev.berth.api.turns.v1.ChargeRequest;
import dev.berth.api.turns.v1.CreditsGrpc;
import dev.berth.api.turns.v1.ReserveRequest;
import dev.berth.hub.metering.MeteringServer;
import dev.berth.hub.support.TestAuthority;
import dev.berth.hub.support.TestDatabase;
import io.grpc.ManagedChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service as the scheduler finds it: by its health, over mutual TLS. */
class CreditsServiceIT {
  @TempDir private Path directory;

  @Test
  void theSchedulerReservesAndCharges() throws Exception {
    // Given
    Credits credits = new PostgresCredits(TestDatabase.fresh());
    credits.topUp("alice", 100, "p1");
    TestAuthority authority = new TestAuthority(directory);
    try (MeteringServer server =
        MeteringServer.start(
            new HostPort("127.0.0.1", 0),
            authority.issue("hub").server(),
            new CreditsService(credits))) {
      ManagedChannel channel =
          Channels.toServing(
              List.of("127.0.0.1:" + server.port()),
              CreditsGrpc.SERVICE_NAME,
              authority.issue("scheduler").client());
      var calls =
          CreditsGrpc.newBlockingStub(channel)
              .withWaitForReady()
              .withDeadlineAfter(30, TimeUnit.SECONDS);

      // When
      var reserved = calls.reserve(reserve("d1", 60, 60));
      var pending = calls.reserve(reserve("d2", 60, 60));
      var charged = calls.charge(charge("d1", 25));

      // Then
      assertThat(reserved.getReservedMicroUsd()).isEqualTo(60);
      assertThat(pending.getPending()).isTrue();
      assertThat(charged).isNotNull();
      assertThat(credits.balance("alice")).isEqualTo(new Balance(75, 0, 75));
      assertThatThrownBy(() -> calls.charge(charge("d1", 26)))
          .hasMessageContaining("FAILED_PRECONDITION", "d1");
      assertThatThrownBy(() -> calls.reserve(reserve("d3", 2, 1)))
          .hasMessageContaining("INVALID_ARGUMENT");
      channel.shutdownNow();
    }
  }

  private static ReserveRequest reserve(String draw, long least, long most) {
    return ReserveRequest.newBuilder()
        .setDrawId(draw)
        .setAccount("alice")
        .setLeastMicroUsd(least)
        .setMostMicroUsd(most)
        .build();
  }

  private static ChargeRequest charge(String draw, long amount) {
    return ChargeRequest.newBuilder()
        .setDrawId(draw)
        .setAccount("alice")
        .setMicroUsd(amount)
        .build();
  }
}
