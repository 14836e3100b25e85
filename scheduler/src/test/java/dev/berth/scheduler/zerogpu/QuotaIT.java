package dev.berth.scheduler.zerogpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.api.process.Channels;
import dev.berth.api.turns.v1.DrawReply;
import dev.berth.api.turns.v1.DrawRequest;
import dev.berth.api.turns.v1.GetQuotaPolicyRequest;
import dev.berth.api.turns.v1.GetQuotaRequest;
import dev.berth.api.turns.v1.ListQuotasRequest;
import dev.berth.api.turns.v1.QuotaGrpc;
import dev.berth.api.turns.v1.QuotaRefusalCode;
import dev.berth.api.turns.v1.QuotaStatus;
import dev.berth.api.turns.v1.SettleReply;
import dev.berth.api.turns.v1.SettleRequest;
import dev.berth.api.turns.v1.Spent;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.curator.test.InstanceSpec;
import org.apache.curator.test.TestingServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two schedulers, a real ZooKeeper, real gRPC. */
@SuppressWarnings("NullAway.Init")
class QuotaIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long SECOND = 1_000_000_000L;
  private TestingServer zookeeper;
  private QuotaMember first;
  private QuotaMember second;
  private ManagedChannel channel;
  private final ScriptedLedger ledger = new ScriptedLedger();

  @BeforeEach
  void open() throws Exception {
    zookeeper = new TestingServer(new InstanceSpec(null, -1, -1, -1, true, -1, 500, 60), true);
    first = new QuotaMember("first", zookeeper.getConnectString(), ledger);
    await().atMost(PATIENCE).until(first::leads);
    second = new QuotaMember("second", zookeeper.getConnectString(), ledger);
    channel =
        Channels.toServing(
            List.of(first.address(), second.address()),
            QuotaGrpc.SERVICE_NAME,
            InsecureChannelCredentials.create());
  }

  @AfterEach
  void close() throws Exception {
    channel.shutdownNow();
    first.close();
    second.close();
    zookeeper.close();
  }

  @Test
  void whatIsDrawnAndSettledIsSeenByTheNextLeader() throws Exception {
    // Given
    DrawRequest draw = draw("d1", "alice", "free", 60, 60);
    DrawReply given = calls().draw(draw);
    calls().settle(settle("node-1", spent("d1", 20, false)));

    // When
    first.close();
    DrawReply again = retried(() -> calls().draw(draw));
    SettleReply closed = retried(() -> calls().settle(settle("node-1", spent("d1", 35, true))));
    QuotaStatus status = status("alice", "");

    // Then
    assertThat(given.getAllowance().getNanos()).isEqualTo(60 * SECOND);
    assertThat(given.getStatus().getDrawnNanos()).isEqualTo(60 * SECOND);
    assertThat(again.getAllowance()).isEqualTo(given.getAllowance());
    assertThat(again.getStatus().getUsedNanos()).isEqualTo(20 * SECOND);
    assertThat(closed.getSettledList()).containsExactly("d1");
    assertThat(status.getUsedNanos()).isEqualTo(35 * SECOND);
    assertThat(status.getDrawnNanos()).isZero();
    assertThat(status.getRunsUsed()).isEqualTo(1);
    assertThat(status.getResetsUnixNanos()).isEqualTo(given.getAllowance().getExpiresUnixNanos());
  }

  @Test
  void anOutageOfZooKeeperGivesNothingTwice() throws Exception {
    // Given
    assertThat(calls().draw(draw("d1", "bob", "anonymous", 70, 70)).hasAllowance()).isTrue();

    // When
    zookeeper.stop();
    await().atMost(PATIENCE).until(() -> !first.leads() && !second.leads());
    zookeeper.restart();
    DrawReply over = retried(() -> calls().draw(draw("d2", "bob", "anonymous", 60, 60)));
    DrawReply fits = retried(() -> calls().draw(draw("d3", "bob", "anonymous", 50, 90)));

    // Then
    assertThat(over.getRefusal().getCode()).isEqualTo(QuotaRefusalCode.QUOTA_EXHAUSTED);
    assertThat(over.getRefusal().getLeftNanos()).isEqualTo(50 * SECOND);
    assertThat(over.getRefusal().getWaitNanos()).isPositive();
    assertThat(fits.getAllowance().getNanos()).isEqualTo(50 * SECOND);
  }

  @Test
  void creditsBeginWhereTheBaseEndsAndSurviveTheLeader() throws Exception {
    // Given: 2400 s of base and 1 $, which is 600 s
    ledger.balance = 1_000_000;
    assertThat(calls().draw(draw("d1", "carol", "pro", 2_400, 2_400)).hasAllowance()).isTrue();

    // When
    DrawReply paid = calls().draw(draw("d2", "carol", "pro", 60, 60));
    first.close();
    retried(() -> calls().settle(settle("node-1", spent("d2", 30, true))));

    // Then
    assertThat(paid.getAllowance().getCreditNanos()).isEqualTo(60 * SECOND);
    assertThat(status("carol", "pro").getOverquotaNanos()).isEqualTo(30 * SECOND);
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(ledger.charged).containsEntry("d2", 50_000L));
  }

  @Test
  void withoutTheHubOnlyTheBaseIsGiven() {
    // Given
    ledger.away = true;
    calls().draw(draw("d1", "dora", "pro", 2_390, 2_390));

    // When
    DrawReply beyond = calls().draw(draw("d2", "dora", "pro", 60, 60));
    DrawReply rest = calls().draw(draw("d3", "dora", "pro", 10, 10));
    ledger.away = false;

    // Then
    assertThat(beyond.getRefusal().getCode()).isEqualTo(QuotaRefusalCode.QUOTA_EXHAUSTED);
    assertThat(rest.getAllowance().getCreditNanos()).isZero();
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(ledger.charged).containsEntry("d2", 0L));
  }

  @Test
  void aStandbyRefusesAndSaysSo() {
    // Given
    ManagedChannel direct =
        io.grpc.Grpc.newChannelBuilder(second.address(), InsecureChannelCredentials.create())
            .build();

    // When // Then
    try {
      QuotaGrpc.newBlockingStub(direct).listQuotas(ListQuotasRequest.getDefaultInstance());
      throw new AssertionError("The standby answered");
    } catch (StatusRuntimeException e) {
      assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
      assertThat(e.getStatus().getDescription()).startsWith("NOT_LEADER");
    } finally {
      direct.shutdownNow();
    }
  }

  @Test
  void manyDrawsAtOnceNeverExceedTheBase() {
    // When
    List<DrawReply> replies =
        IntStream.range(0, 60)
            .parallel()
            .mapToObj(i -> calls().draw(draw("d" + i, "erin", "free", 10, 10)))
            .toList();

    // Then
    assertThat(replies).filteredOn(DrawReply::hasAllowance).hasSize(30);
    assertThat(calls().listQuotas(ListQuotasRequest.getDefaultInstance()).getQuotasList())
        .singleElement()
        .satisfies(s -> assertThat(s.getDrawnNanos()).isEqualTo(300 * SECOND));
  }

  @Test
  void thePolicyIsToldAndBadAsksAreNamed() {
    // When
    var policy = calls().getQuotaPolicy(GetQuotaPolicyRequest.getDefaultInstance());
    Status bad = refusal(draw("d1", "fred", "gold", 1, 1));
    calls().draw(draw("d2", "fred", "free", 1, 1));
    Status other = refusal(draw("d2", "fred", "free", 1, 2));

    // Then
    assertThat(policy.getTiersList())
        .anySatisfy(
            tier -> {
              assertThat(tier.getTier()).isEqualTo("pro");
              assertThat(tier.getBaseNanos()).isEqualTo(2_400 * SECOND);
              assertThat(tier.getSpaces()).isEqualTo(10);
            });
    assertThat(bad.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(bad.getDescription()).contains("tier=gold", "enterprise");
    assertThat(other.getDescription()).contains("d2", "choose a new one");
  }

  private Status refusal(DrawRequest request) {
    try {
      calls().draw(request);
      return Status.OK;
    } catch (StatusRuntimeException e) {
      return e.getStatus();
    }
  }

  private QuotaStatus status(String visitor, String tier) {
    return calls().getQuota(GetQuotaRequest.newBuilder().setVisitor(visitor).setTier(tier).build());
  }

  private static DrawRequest draw(String id, String visitor, String tier, long need, long want) {
    return DrawRequest.newBuilder()
        .setDrawId(id)
        .setNode("node-1")
        .setVisitor(visitor)
        .setTier(tier)
        .setNeedNanos(need * SECOND)
        .setWantNanos(want * SECOND)
        .setRuns(1)
        .build();
  }

  private static Spent spent(String id, long seconds, boolean closed) {
    return Spent.newBuilder()
        .setDrawId(id)
        .setUsedNanos(seconds * SECOND)
        .setUsedRuns(1)
        .setClosed(closed)
        .build();
  }

  private static SettleRequest settle(String node, Spent spent) {
    return SettleRequest.newBuilder().setNode(node).addSpent(spent).build();
  }

  /** Repeated while leaders change, as a node repeats; that it may is the point. */
  private <T> T retried(Supplier<T> call) {
    AtomicReference<T> reply = new AtomicReference<>();
    await()
        .atMost(PATIENCE)
        .ignoreExceptionsMatching(e -> Status.fromThrowable(e).getCode() == Status.Code.UNAVAILABLE)
        .until(
            () -> {
              reply.set(call.get());
              return true;
            });
    return Objects.requireNonNull(reply.get());
  }

  private QuotaGrpc.QuotaBlockingStub calls() {
    return QuotaGrpc.newBlockingStub(channel)
        .withWaitForReady()
        .withDeadlineAfter(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }
}
