package dev.berth.hub.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.api.accounts.v1.AccountsGrpc;
import dev.berth.api.accounts.v1.GetTierRequest;
import dev.berth.api.process.Channels;
import dev.berth.api.process.HostPort;
import dev.berth.api.visitor.Tier;
import dev.berth.hub.metering.MeteringServer;
import dev.berth.hub.support.TestAuthority;
import dev.berth.hub.support.TestDatabase;
import io.grpc.ManagedChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service as the operator finds it: by its health, over mutual TLS. */
class AccountsServiceIT {
  @TempDir private Path directory;

  @Test
  void theOperatorHearsTheTierOfANamespace() throws Exception {
    // Given
    Accounts accounts = new PostgresAccounts(TestDatabase.fresh());
    accounts.setTier("acme", Tier.TEAM);
    TestAuthority authority = new TestAuthority(directory);
    try (MeteringServer server =
        MeteringServer.start(
            new HostPort("127.0.0.1", 0),
            authority.issue("hub").server(),
            new AccountsService(accounts))) {
      ManagedChannel channel =
          Channels.toServing(
              List.of("127.0.0.1:" + server.port()),
              AccountsGrpc.SERVICE_NAME,
              authority.issue("operator").client());
      var calls =
          AccountsGrpc.newBlockingStub(channel)
              .withWaitForReady()
              .withDeadlineAfter(30, TimeUnit.SECONDS);

      // When // Then
      assertThat(calls.getTier(of("acme")).getTier()).isEqualTo("team");
      assertThat(calls.getTier(of("nobody")).getTier()).isEqualTo("free");
      assertThatThrownBy(() -> calls.getTier(of(""))).hasMessageContaining("INVALID_ARGUMENT");
      channel.shutdownNow();
    }
  }

  private static GetTierRequest of(String account) {
    return GetTierRequest.newBuilder().setAccount(account).build();
  }
}
