package dev.berth.hub.metering;

import static dev.berth.hub.support.Reports.SECOND;
import static dev.berth.hub.support.Reports.lease;
import static dev.berth.hub.support.Reports.report;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.metering.v1.ReportAck;
import dev.berth.api.metering.v1.UsageReport;
import dev.berth.api.process.HostPort;
import dev.berth.api.process.Tls;
import dev.berth.hub.support.ReportClient;
import dev.berth.hub.support.TestAuthority;
import dev.berth.hub.support.TestDatabase;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reports over real mutual TLS into real PostgreSQL. */
class MeteringIT {
  private static final long SEED = Long.getLong("berth.seed", 20261124L);
  private static final Jdbi DATABASE = TestDatabase.fresh();

  @TempDir private Path directory;
  private final String journal = "journal-" + System.nanoTime();
  private final PrometheusRegistry registry = new PrometheusRegistry();
  private MeteringServer server;
  private ManagedChannel channel;

  @BeforeEach
  void serve() {
    TestAuthority authority = new TestAuthority(directory);
    MeteringService service =
        new MeteringService(
            new PostgresReportLog(DATABASE, new LeaseMeter(Duration.ofSeconds(1))),
            new MeteringMetrics(registry));
    server =
        MeteringServer.start(
            new HostPort("127.0.0.1", 0), authority.issue("hub").server(), service);
    channel = channel(authority.issue("node-agent"));
  }

  private ManagedChannel channel(Tls tls) {
    return Grpc.newChannelBuilder("localhost:" + server.port(), tls.client()).build();
  }

  @AfterEach
  void stop() throws Exception {
    channel.shutdownNow();
    server.close();
  }

  @Test
  void acknowledgesAfterCommitAndTellsThatItServes() {
    // When
    ReportAck ack = new ReportClient(channel).exchange(report(journal, 1, 10));

    // Then
    assertThat(ack).isEqualTo(ReportAck.newBuilder().setJournalId(journal).setAckedSeq(1).build());
    assertThat(billedNanos()).isEqualTo(10 * SECOND);
    assertThat(
            HealthGrpc.newBlockingStub(channel)
                .check(
                    HealthCheckRequest.newBuilder()
                        .setService("berth.metering.v1.Metering")
                        .build())
                .getStatus())
        .isEqualTo(ServingStatus.SERVING);
  }

  @Test
  void aRepeatedReportChangesNothingAndAGapIsNotAcknowledged() {
    // Given
    ReportClient client = new ReportClient(channel);
    client.exchange(report(journal, 1, 10));

    // When
    ReportAck repeated = client.exchange(report(journal, 1, 10));
    ReportAck beyondTheGap = client.exchange(report(journal, 3, 30));

    // Then
    assertThat(repeated.getAckedSeq()).isEqualTo(1);
    assertThat(beyondTheGap.getAckedSeq()).isEqualTo(1);
    assertThat(billedNanos()).isEqualTo(10 * SECOND);

    // When
    client.exchange(report(journal, 2, 20));

    // Then
    assertThat(client.exchange(report(journal, 3, 30)).getAckedSeq()).isEqualTo(3);
    assertThat(billedNanos()).isEqualTo(30 * SECOND);
    assertThat(quarantined()).isEmpty();
  }

  @Test
  void anotherContentUnderACommittedNumberIsQuarantinedAndNamed() {
    // Given
    ReportClient client = new ReportClient(channel);
    client.exchange(report(journal, 1, 10));

    // When
    ReportAck first = client.exchange(report(journal, 1, 11));
    ReportAck again = client.exchange(report(journal, 1, 11));

    // Then
    assertThat(first.getAckedSeq()).isEqualTo(1);
    assertThat(first.getQuarantinedList()).containsExactly(1L);
    assertThat(again.getQuarantinedList()).containsExactly(1L);
    assertThat(billedNanos()).isEqualTo(10 * SECOND);
    assertThat(quarantined()).containsExactly("report 1 CONTRADICTS_COMMITTED");
    assertThat(metric("berth_hub_quarantined", "reason", "CONTRADICTS_COMMITTED")).isEqualTo(2);
  }

  @Test
  void aLineThatCannotBeIsNotBilledWhileTheOtherLinesAre() {
    // Given
    ReportClient client = new ReportClient(channel);
    client.exchange(report(journal, 1, 10).addLeases(lease("other#0", 10)));

    // When: one lease goes backward, the other forward
    ReportAck ack =
        client.exchange(
            report(journal, 2, 12)
                .setLeases(0, lease("demo#0", 9))
                .addLeases(lease("other#0", 12)));

    // Then
    assertThat(ack.getAckedSeq()).isEqualTo(2);
    assertThat(ack.getQuarantinedList()).containsExactly(2L);
    assertThat(billedNanos()).isEqualTo((10 + 12) * SECOND);
    assertThat(quarantined()).containsExactly("lease demo#0 HELD_DECREASED");
    assertThat(reportedHeld("demo#0")).isEqualTo(9 * SECOND);

    // When: it comes to its senses
    client.exchange(report(journal, 3, 14));

    // Then
    assertThat(billedNanos()).isEqualTo((14 + 12) * SECOND);
  }

  @Test
  void aLeaseOverMidnightIsSplitExactly() {
    // Given
    ReportClient client = new ReportClient(channel);
    client.exchange(report(journal, 1, 10));

    // When: the next report comes two days later
    long seconds = Duration.ofDays(2).toSeconds();
    client.exchange(report(journal, 2, seconds));

    // Then
    assertThat(days())
        .isEqualTo(
            Map.of(
                LocalDate.parse("2026-11-24"), 43_200 * SECOND,
                LocalDate.parse("2026-11-25"), 86_400 * SECOND,
                LocalDate.parse("2026-11-26"), 43_200 * SECOND));
  }

  @Test
  void anUnusableReportEndsTheStreamWithTheField() {
    // Given
    ReportClient client = new ReportClient(channel);

    // When
    client.send(UsageReport.newBuilder().setNode("node-1").setJournalId(journal));

    // Then
    Status status = Status.fromThrowable(client.awaitFailure());
    assertThat(status.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(status.getDescription()).contains("seq is 0");
  }

  @Test
  void aStrangerIsNotServed() throws Exception {
    // Given
    Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
    Tls stranger = new TestAuthority(elsewhere).issue("stranger");
    ManagedChannel untrusted =
        channel(new Tls(directory.resolve("ca.crt"), stranger.cert(), stranger.key()));

    // When
    ReportClient client = new ReportClient(untrusted);

    // Then
    assertThat(Status.fromThrowable(client.awaitFailure()).getCode())
        .isEqualTo(Status.Code.UNAVAILABLE);
    untrusted.shutdownNow();
  }

  /**
   * Lost, repeated, reordered and contradicting reports over many connections bill exactly what was
   * held.
   */
  @Test
  void chaosOnTheWireBillsExactlyWhatWasHeld() {
    // Given
    Random random = new Random(SEED);
    int last = 60;
    ReportClient client = new ReportClient(channel);
    long acked = 0;

    // When
    while (acked < last) {
      long seq = Math.clamp(acked + 1 + random.nextInt(-2, 3), 1, last);
      boolean contradicts = seq <= acked && random.nextInt(4) == 0;
      ReportAck ack = client.exchange(report(journal, seq, contradicts ? seq + 1000 : seq * 7));
      assertThat(ack.getAckedSeq())
          .as("seed %d", SEED)
          .isEqualTo(Math.max(acked, seq == acked + 1 ? seq : 0));
      assertThat(ack.getQuarantinedCount()).as("seed %d", SEED).isEqualTo(contradicts ? 1 : 0);
      acked = ack.getAckedSeq();
      client = random.nextInt(5) == 0 ? new ReportClient(channel) : client;
    }

    // Then
    assertThat(billedNanos()).as("seed %d", SEED).isEqualTo(last * 7L * SECOND);
  }

  private long billedNanos() {
    return days().values().stream().mapToLong(Long::longValue).sum();
  }

  private Map<LocalDate, Long> days() {
    return DATABASE.withHandle(
        h ->
            h.createQuery(
                    "select day, sum(held_nanos) as held from usage_day where journal_id = :j group by day")
                .bind("j", journal)
                .reduceRows(
                    new HashMap<>(),
                    (map, row) -> {
                      map.put(
                          row.getColumn("day", LocalDate.class), row.getColumn("held", Long.class));
                      return map;
                    }));
  }

  private long reportedHeld(String lease) {
    return DATABASE.withHandle(
        h ->
            h.createQuery(
                    "select reported_held_nanos from lease where journal_id = :j and lease_id = :l")
                .bind("j", journal)
                .bind("l", lease)
                .mapTo(Long.class)
                .one());
  }

  private List<String> quarantined() {
    return DATABASE.withHandle(
        h ->
            h.createQuery("select about || ' ' || reason from quarantine where journal_id = :j")
                .bind("j", journal)
                .mapTo(String.class)
                .list());
  }

  private double metric(String name, String label, String value) {
    return registry.scrape(name::equals).stream()
        .flatMap(snapshot -> snapshot.getDataPoints().stream())
        .filter(point -> value.equals(point.getLabels().get(label)))
        .mapToDouble(point -> ((CounterDataPointSnapshot) point).getValue())
        .sum();
  }
}
