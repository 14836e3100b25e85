package dev.berth.agent.metering;

import static dev.berth.agent.core.Leases.claim;
import static dev.berth.agent.core.Leases.grant;
import static dev.berth.agent.core.Leases.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.agent.core.Event;
import dev.berth.agent.journal.Recovery;
import dev.berth.agent.metering.FakeHub.Fate;
import dev.berth.agent.runtime.AgentLedger;
import dev.berth.agent.runtime.Moments;
import dev.berth.agent.runtime.Reporter;
import dev.berth.api.metering.v1.LeaseUsage;
import dev.berth.api.metering.v1.UsageReport;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeteringClientIT {
  @BeforeAll
  static void allowForABusyMachine() {
    Awaitility.setDefaultTimeout(Duration.ofSeconds(40));
  }

  @TempDir Path dir;

  @SuppressWarnings("NullAway.Init")
  private FakeHub hub;

  @SuppressWarnings("NullAway.Init")
  private AgentLedger ledger;

  @SuppressWarnings("NullAway.Init")
  private ManagedChannel channel;

  @SuppressWarnings("NullAway.Init")
  private MeteringClient client;

  @SuppressWarnings("NullAway.Init")
  private Reporter reporter;

  @BeforeEach
  void open() throws IOException {
    hub = new FakeHub();
    start();
  }

  private void start() {
    Recovery.Opened opened =
        new Recovery(dir, () -> UUID.randomUUID().toString()).open(Moments.system().now());
    ledger = new AgentLedger(opened.state(), opened.journal(), Moments.system());
    ledger.record(new Event.Booted("boot"));
    ledger.record(new Event.DevicesSeen(Map.of("gpu-0", "T4-16")));
    channel =
        Grpc.newChannelBuilder("127.0.0.1:" + hub.port(), InsecureChannelCredentials.create())
            .build();
    client =
        new MeteringClient(
            channel, "n1", ledger, Duration.ofMillis(400), () -> UUID.randomUUID().toString());
    reporter = new Reporter(ledger, Map::of, Duration.ofMillis(50));
    client.start();
    reporter.start();
  }

  private void stop() {
    reporter.close();
    client.close();
    channel.shutdownNow();
  }

  @AfterEach
  void close() {
    stop();
    hub.close();
  }

  private void hold() {
    ledger.record(new Event.LeasePrepared(grant("a#0", 1, whole(0)), claim("u", whole(0))));
  }

  private void end() {
    ledger.record(new Event.LeaseRevoked("a#0", 1));
    ledger.record(new Event.LeaseUnprepared("a#0"));
  }

  private static boolean ended(UsageReport report) {
    return report.getLeasesList().stream().anyMatch(LeaseUsage::getEnded);
  }

  private void awaitAllAcked() {
    await().until(() -> ledger.now().pending().isEmpty() && hub.saw(MeteringClientIT::ended));
  }

  @Test
  void startAndEndAreReportedAtOnceAndAddUp() {
    // When
    hold();
    await().until(() -> hub.saw(r -> r.getLeasesCount() == 1 && !ended(r)));
    end();
    awaitAllAcked();

    // Then
    LeaseUsage last =
        hub.received.stream()
            .filter(MeteringClientIT::ended)
            .findFirst()
            .orElseThrow()
            .getLeases(0);
    assertThat(last.getHeldNanos())
        .isEqualTo(ledger.now().lease("a#0").orElseThrow().usage().heldNanos());
    assertThat(last.getDevicesList()).containsExactly("gpu-0");
    assertThat(last.getOwner()).isEqualTo("Space acme/a#0");
    assertThat(hub.violations).isEmpty();
    assertThat(hub.received)
        .allSatisfy(
            r ->
                r.getDevicesList()
                    .forEach(
                        d ->
                            assertThat(
                                    d.getHeldNanos()
                                        + d.getIdleNanos()
                                        + d.getDrainingNanos()
                                        + d.getUnknownNanos())
                                .isEqualTo(d.getWallNanos())));
  }

  @Test
  void lostAcknowledgementsAndBrokenStreamsOnlyRepeatTheSame() {
    // Given: two of three acknowledgements come to nothing
    hub.fate =
        r ->
            switch ((int) (hub.received.size() % 3)) {
              case 0 -> Fate.ACK;
              case 1 -> Fate.LOSE_ACK;
              default -> Fate.BREAK_STREAM;
            };

    // When
    hold();
    await().until(() -> hub.committed.size() > 10);
    end();
    awaitAllAcked();

    // Then
    assertThat(hub.violations).isEmpty();
    assertThat(hub.received.size()).isGreaterThan(hub.committed.size());
  }

  @Test
  void withoutAnyAcknowledgementTheSameIsSentAgain() {
    hub.fate = r -> Fate.LOSE_ACK;
    hold();
    await().until(() -> hub.received.stream().filter(r -> r.getSeq() == 1).count() > 1);
    hub.fate = r -> Fate.ACK;
    end();
    awaitAllAcked();
    assertThat(hub.violations).isEmpty();
  }

  @Test
  void whatWasNotAcknowledgedSurvivesTheProcess() {
    // Given
    hub.fate = r -> Fate.LOSE_ACK;
    hold();
    await().until(() -> hub.committed.size() > 3);
    stop();

    // When
    hub.fate = r -> Fate.ACK;
    start();
    end();
    awaitAllAcked();

    // Then
    assertThat(hub.violations).isEmpty();
  }

  @Test
  void aHubThatKnowsMoreThanTheJournalGetsANewJournal() {
    // Given
    String before = ledger.now().journalId();
    hub.extraAck = 1000;

    // When
    hold();
    await().until(() -> !ledger.now().journalId().equals(before));
    hub.extraAck = 0;

    // Then
    await()
        .until(
            () ->
                hub.saw(
                    r ->
                        r.getJournalId().equals(ledger.now().journalId())
                            && r.getLeasesCount() == 1));
  }

  @Test
  void aHubThatForgotIsToldEverythingAgain() {
    // Given
    hold();
    await().until(() -> ledger.now().ackedSeq() > 3);
    String before = ledger.now().journalId();

    // When
    hub.committed.clear();
    hub.received.clear();

    // Then
    await().until(() -> !ledger.now().journalId().equals(before));
    await().until(() -> hub.saw(r -> r.getSeq() == 1 && r.getLeasesCount() == 1));
  }
}
