package dev.berth.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.api.common.v1.ReasonCode;
import dev.berth.api.process.Channels;
import dev.berth.api.process.Tls;
import dev.berth.api.scheduler.v1.CapacityRequest;
import dev.berth.api.scheduler.v1.ExplainRequest;
import dev.berth.api.scheduler.v1.Flavor;
import dev.berth.api.scheduler.v1.GetRequest;
import dev.berth.api.scheduler.v1.ListFlavorsRequest;
import dev.berth.api.scheduler.v1.ListRequest;
import dev.berth.api.scheduler.v1.NodeCapacity;
import dev.berth.api.scheduler.v1.PlaceResponse;
import dev.berth.api.scheduler.v1.PlacementEvent;
import dev.berth.api.scheduler.v1.PlacementState;
import dev.berth.api.scheduler.v1.PublishFlavorsRequest;
import dev.berth.api.scheduler.v1.ReleaseRequest;
import dev.berth.api.scheduler.v1.SchedulerGrpc;
import dev.berth.api.scheduler.v1.WatchRequest;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.curator.test.InstanceSpec;
import org.apache.curator.test.TestingServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Two real scheduler processes, a real ZooKeeper, mutual TLS, and a fake agent; one walk. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@SuppressWarnings("NullAway.Init")
class SchedulerProcessIT {
  @BeforeAll
  static void allowForABusyMachine() {
    Awaitility.setDefaultTimeout(Duration.ofSeconds(40));
  }

  private TestingServer zookeeper;
  private Tls tls;
  private SchedulerJvm leader;
  private SchedulerJvm standby;
  private ManagedChannel channel;
  private ManagedChannel agentChannel;
  private FakeAgent agent;
  private SchedulerGrpc.SchedulerBlockingStub scheduler;

  @BeforeAll
  void startEverything(@TempDir Path dir) throws Exception {
    zookeeper = new TestingServer(new InstanceSpec(null, -1, -1, -1, true, -1, 500, 60), true);
    tls = TestCertificates.create(dir);
    leader = new SchedulerJvm(dir, "scheduler-0", zookeeper.getConnectString(), tls);
    channel = channel(leader.address);
    scheduler = SchedulerGrpc.newBlockingStub(channel).withWaitForReady();
    scheduler
        .withDeadlineAfter(30, TimeUnit.SECONDS)
        .capacity(CapacityRequest.getDefaultInstance());
    standby = new SchedulerJvm(dir, "scheduler-1", zookeeper.getConnectString(), tls);
    channel.shutdownNow();
    List<String> both = List.of(leader.address, standby.address);
    channel = Channels.toServing(both, SchedulerGrpc.SERVICE_NAME, tls.client());
    agentChannel = Channels.toServing(both, "berth.agent.v1.NodeAgent", tls.client());
    scheduler = SchedulerGrpc.newBlockingStub(channel).withWaitForReady();
  }

  @AfterAll
  void stopEverything() throws Exception {
    channel.shutdownNow();
    agentChannel.shutdownNow();
    leader.close();
    standby.close();
    zookeeper.close();
  }

  private ManagedChannel channel(String address) {
    return Channels.toServing(List.of(address), SchedulerGrpc.SERVICE_NAME, tls.client());
  }

  @Test
  @Order(1)
  void anAgentRegistersAndARequestIsPlaced() {
    // Given
    PlaceResponse early = calls().place(Messages.request("space/acme/early/0", 1));
    agent =
        new FakeAgent("berth-0", agentChannel).register(0).inventory(Messages.fourT4()).heartbeat();

    // When
    PlaceResponse placed = calls().place(Messages.request("space/acme/demo/0", 2));

    // Then
    assertThat(early.getWaiting().getReasons(0).getCode()).isEqualTo(ReasonCode.NODES_NOT_READY);
    await().until(() -> agent.welcomed);
    await()
        .untilAsserted(
            () -> assertThat(state("space/acme/early/0")).isEqualTo(PlacementState.PLACED));
    PlaceResponse again = calls().place(Messages.request("space/acme/demo/0", 2));
    assertThat(again.getPlaced().getLeases(0).getDevicesCount()).isEqualTo(2);
    assertThat(placed.hasRejected()).isFalse();
    await()
        .untilAsserted(
            () ->
                assertThat(agent.granted)
                    .containsExactlyInAnyOrder("space/acme/early/0#0", "space/acme/demo/0#0"));
  }

  @Test
  @Order(2)
  void watchTellsWaitingPlacedAndReleased() {
    // Given
    List<PlacementEvent> events = new CopyOnWriteArrayList<>();
    watch(events);
    await().until(() -> events.stream().anyMatch(PlacementEvent::getSnapshotEnd));
    agent.hold("space/acme/demo/0#0");

    // When
    PlaceResponse waiting = calls().place(Messages.request("space/acme/late/0", 2));
    await().until(() -> told(events).contains("space/acme/late/0 WAITING"));
    calls().release(ReleaseRequest.newBuilder().setPlacementId("space/acme/demo/0").build());

    // Then
    assertThat(waiting.getWaiting().getPosition()).isEqualTo(1);
    assertThat(waiting.getWaiting().getReasons(0).getMessage())
        .contains("Asked 2 x T4-16", "berth-0");
    await()
        .untilAsserted(
            () -> assertThat(state("space/acme/late/0")).isEqualTo(PlacementState.PLACED));
    assertThat(agent.revoked).contains("space/acme/demo/0#0");
    await()
        .untilAsserted(
            () ->
                assertThat(told(events))
                    .containsSubsequence(
                        "space/acme/late/0 WAITING",
                        "space/acme/demo/0 RELEASING",
                        "space/acme/demo/0 RELEASED",
                        "space/acme/late/0 PLACED"));
  }

  @Test
  @Order(3)
  void readsAnswerWithNumbers() {
    // Given
    Flavor flavor =
        Flavor.newBuilder()
            .setName("t4-small")
            .setShape(Messages.shape(1))
            .setCatalogVersion("v1")
            .build();
    calls().publishFlavors(PublishFlavorsRequest.newBuilder().addFlavors(flavor).build());

    // When
    var flavors = calls().listFlavors(ListFlavorsRequest.getDefaultInstance());
    var whatIf =
        ExplainRequest.newBuilder().setRequest(Messages.request("space/what/if", 16)).build();
    var explained = calls().explain(whatIf);
    var listed = calls().list(ListRequest.newBuilder().setNode("berth-0").build());
    var capacity = calls().capacity(CapacityRequest.getDefaultInstance());

    // Then
    assertThat(flavors.getFlavors(0).getFitsNow()).isEqualTo(1);
    assertThat(flavors.getFlavors(0).getFitsEmpty()).isEqualTo(4);
    assertThat(explained.getOutcome().getRejected().getReasons(0).getCode())
        .isEqualTo(ReasonCode.TOO_LARGE);
    assertThat(explained.getNodes(0).getReason().getTotal()).isEqualTo(4);
    assertThat(listed.getPlacementsCount()).isEqualTo(2);
    assertThat(capacity.getNodes(0).getCards(0).getOccupancy()).isEqualTo("whole");
  }

  @Test
  @Order(4)
  void aStandbyRefusesAndSaysSo() {
    // Given
    ManagedChannel direct =
        io.grpc.Grpc.newChannelBuilder(standby.address, tls.client())
            .overrideAuthority("localhost")
            .build();

    // When // Then
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(refusal(direct))
                    .satisfies(s -> assertThat(s.getCode()).isEqualTo(Status.Code.UNAVAILABLE))
                    .satisfies(s -> assertThat(s.getDescription()).startsWith("NOT_LEADER")));
    direct.shutdownNow();
  }

  @Test
  @Order(4)
  void metricsAndHealthAreServed() throws Exception {
    agent.heartbeat();
    assertThat(http(leader, "/healthz")).contains("ok");
    System.out.println("leader " + leader.residentMemory());
    assertThat(http(leader, "/metrics"))
        .contains(
            "berth_scheduler_leader_state 1.0",
            "berth_scheduler_known_nodes 1.0",
            "berth_scheduler_decisions_total{outcome=\"placed\",reason=\"none\"}");
  }

  @Test
  @Order(5)
  void anAgentThatSpeaksOutOfTurnIsToldWhatWasExpected() {
    // Given
    FakeAgent hasty = new FakeAgent("berth-8", agentChannel);
    FakeAgent broken = new FakeAgent("berth-7", agentChannel).register(0);

    // When
    hasty.inventory(Messages.fourT4());
    broken.inventory(Messages.fourT4().toBuilder().addCards(Messages.fourT4().getCards(0)).build());

    // Then
    await().until(() -> hasty.ended != null && broken.ended != null);
    assertThat(String.valueOf(hasty.ended)).contains("INVALID_ARGUMENT", "expected Register");
    assertThat(String.valueOf(broken.ended)).contains("berth-7", "gpu-0 is listed twice");
  }

  @Test
  @Order(5)
  void aSilentNodeIsLostAndAHealthChangeIsSeen() {
    // Given
    agent.health("gpu-3", false);

    // When // Then
    await()
        .untilAsserted(
            () -> {
              NodeCapacity node =
                  calls().capacity(CapacityRequest.getDefaultInstance()).getNodes(0);
              assertThat(node.getReady()).isFalse();
              assertThat(node.getCards(3).getHealthy()).isFalse();
            });
    agent.health("gpu-3", true);
    agent.heartbeat();
    await()
        .until(() -> calls().capacity(CapacityRequest.getDefaultInstance()).getNodes(0).getReady());
  }

  @Test
  @Order(6)
  void theStandbyTakesOverAfterKillMinusNine() {
    // Given
    assertThat(state("space/acme/late/0")).isEqualTo(PlacementState.PLACED);
    FakeAgent before = agent;
    long epoch = before.epochs.getLast();

    // When
    long killed = System.nanoTime();
    leader.kill();
    var listed =
        scheduler.withDeadlineAfter(20, TimeUnit.SECONDS).list(ListRequest.getDefaultInstance());
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - killed);

    // Then
    System.out.println("failover after kill -9: " + millis + " ms");
    assertThat(listed.getEpoch()).isGreaterThan(epoch);
    assertThat(listed.getPlacementsList())
        .hasSize(2)
        .allMatch(p -> p.getState() == PlacementState.PLACED);
    agent =
        new FakeAgent("berth-0", agentChannel)
            .register(epoch)
            .inventory(Messages.fourT4())
            .heartbeat();
    await()
        .untilAsserted(
            () ->
                assertThat(agent.granted)
                    .containsExactlyInAnyOrder("space/acme/early/0#0", "space/acme/late/0#0"));
    assertThat(calls().place(Messages.request("space/acme/after/0", 1)).getPlaced().getEpoch())
        .isEqualTo(listed.getEpoch());
  }

  @Test
  @Order(7)
  void aLeaseThatIsNotGrantedIsRevoked() {
    // When
    agent.hold("space/acme/ghost/0#0");

    // Then
    await().untilAsserted(() -> assertThat(agent.revoked).contains("space/acme/ghost/0#0"));
  }

  @Test
  @Order(8)
  void theLeaderOutrunsTheEpochAnAgentHasSeen() {
    // When
    FakeAgent ahead = new FakeAgent("berth-9", agentChannel).register(1_000);

    // Then
    await().until(() -> ahead.ended != null);
    await()
        .atMost(Duration.ofSeconds(15))
        .untilAsserted(
            () ->
                assertThat(calls().list(ListRequest.getDefaultInstance()).getEpoch())
                    .isGreaterThan(1_000));
    assertThat(standby.alive()).isTrue();
  }

  private static List<String> told(List<PlacementEvent> events) {
    return events.stream()
        .filter(e -> !e.getSnapshot() && e.hasPlacement())
        .map(e -> e.getPlacement().getPlacementId() + " " + e.getPlacement().getState())
        .toList();
  }

  private static String http(SchedulerJvm jvm, String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + jvm.managementPort + path);
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }

  private static Status refusal(ManagedChannel direct) {
    try {
      SchedulerGrpc.newBlockingStub(direct).list(ListRequest.getDefaultInstance());
      return Status.OK;
    } catch (StatusRuntimeException e) {
      return e.getStatus();
    }
  }

  private SchedulerGrpc.SchedulerBlockingStub calls() {
    return scheduler.withDeadlineAfter(10, TimeUnit.SECONDS);
  }

  private PlacementState state(String id) {
    return calls().get(GetRequest.newBuilder().setPlacementId(id).build()).getState();
  }

  private void watch(List<PlacementEvent> events) {
    SchedulerGrpc.newStub(channel)
        .watch(
            WatchRequest.newBuilder().setIdPrefix("space/acme/").build(),
            new StreamObserver<>() {
              @Override
              public void onNext(PlacementEvent event) {
                events.add(event);
              }

              @Override
              public void onError(Throwable thrown) {}

              @Override
              public void onCompleted() {}
            });
  }
}
