package dev.berth.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.berth.api.process.Channels;
import dev.berth.api.process.Tls;
import dev.berth.api.scheduler.v1.AddNodes;
import dev.berth.api.scheduler.v1.Change;
import dev.berth.api.scheduler.v1.CheckRequest;
import dev.berth.api.scheduler.v1.DumpRequest;
import dev.berth.api.scheduler.v1.ExplainRequest;
import dev.berth.api.scheduler.v1.ExplainResponse;
import dev.berth.api.scheduler.v1.Flavor;
import dev.berth.api.scheduler.v1.GetRequest;
import dev.berth.api.scheduler.v1.InspectionGrpc;
import dev.berth.api.scheduler.v1.ListRequest;
import dev.berth.api.scheduler.v1.PlacementState;
import dev.berth.api.scheduler.v1.PublishFlavorsRequest;
import dev.berth.api.scheduler.v1.QuotaChange;
import dev.berth.api.scheduler.v1.SchedulerGrpc;
import dev.berth.api.scheduler.v1.SimulateRequest;
import dev.berth.api.scheduler.v1.SimulateResponse;
import dev.berth.api.scheduler.v1.SnapshotRecord;
import dev.berth.api.scheduler.v1.Step;
import dev.berth.scheduler.core.audit.Recompute;
import dev.berth.scheduler.snapshot.ReplayMain;
import dev.berth.scheduler.snapshot.Snapshot;
import dev.berth.scheduler.snapshot.SnapshotException;
import dev.berth.scheduler.snapshot.SnapshotFile;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.curator.test.InstanceSpec;
import org.apache.curator.test.TestingServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A real scheduler process whose four cards are taken and whose queue has one: looked at. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
class InspectionIT {
  @BeforeAll
  static void allowForABusyMachine() {
    Awaitility.setDefaultTimeout(Duration.ofSeconds(40));
  }

  private final ScheduledExecutorService heart = Executors.newSingleThreadScheduledExecutor();
  private TestingServer zookeeper;
  private SchedulerJvm leader;
  private ManagedChannel channel;
  private ManagedChannel agentChannel;
  private Path dir;

  @BeforeAll
  void startEverything(@TempDir Path temporary) throws Exception {
    dir = temporary;
    zookeeper = new TestingServer(new InstanceSpec(null, -1, -1, -1, true, -1, 500, 60), true);
    Tls tls = TestCertificates.create(dir);
    leader = new SchedulerJvm(dir, "scheduler-0", zookeeper.getConnectString(), tls);
    List<String> address = List.of(leader.address);
    channel = Channels.toServing(address, InspectionGrpc.SERVICE_NAME, tls.client());
    agentChannel = Channels.toServing(address, "berth.agent.v1.NodeAgent", tls.client());
    Flavor t4 =
        Flavor.newBuilder()
            .setName("t4")
            .setShape(Messages.shape(1))
            .setCatalogVersion("v1")
            .build();
    calls().publishFlavors(PublishFlavorsRequest.newBuilder().addFlavors(t4).build());
    FakeAgent agent =
        new FakeAgent("berth-0", agentChannel).register(0).inventory(Messages.fourT4());
    var _ = heart.scheduleWithFixedDelay(agent::heartbeat, 0, 300, TimeUnit.MILLISECONDS);
    calls().place(Messages.request("busy", 4));
    await().until(() -> state("busy") == PlacementState.PLACED);
    calls().place(Messages.request("waits", 2));
  }

  @AfterAll
  void stopEverything() throws Exception {
    heart.shutdownNow();
    channel.shutdownNow();
    agentChannel.shutdownNow();
    leader.close();
    zookeeper.close();
  }

  @Test
  void explainTellsPositionBlockAndWaysOut() {
    // When
    ExplainResponse explained =
        calls().explain(ExplainRequest.newBuilder().setPlacementId("waits").build());

    // Then
    assertThat(explained.getOutcome().getWaiting().getPosition()).isEqualTo(1);
    assertThat(explained.getOutcome().getWaiting().getReasons(0).getAsked()).isEqualTo(2);
    assertThat(explained.getChangesList())
        .extracting(Change::getMessage)
        .containsExactly(
            "It fits once placement busy is released (4 devices).",
            "It fits with 1 more node like berth-0.");
    assertThat(explained.getChanges(1).getMoreNodes().getCount()).isEqualTo(1);
  }

  @Test
  void simulateTellsAndTouchesNothing() {
    // Given
    AddNodes another = AddNodes.newBuilder().setNode("berth-0").setCount(1).build();
    SimulateRequest plan =
        SimulateRequest.newBuilder()
            .addSteps(Step.newBuilder().setAddNodes(another))
            .addSteps(Step.newBuilder().setSubmit(Messages.request("more", 1)))
            .addSteps(Step.newBuilder().setDrainNode("berth-0"))
            .build();

    // When
    SimulateResponse simulated = inspection().simulate(plan);

    // Then
    assertThat(simulated.getResults(0).getChanges(0).getAfter().getLeases(0).getNode())
        .isEqualTo("berth-0-copy-1");
    assertThat(simulated.getResults(1).getAnswer().hasPlaced()).isTrue();
    assertThat(simulated.getResults(2).getChanges(0).getAnswer().getWaiting().getPosition())
        .isEqualTo(1);
    assertThat(simulated.getFlavors(0).getFitsBefore()).isZero();
    assertThat(simulated.getFlavors(0).getFitsAfter()).isEqualTo(1);
    assertThat(state("waits")).isEqualTo(PlacementState.WAITING);
    assertThat(calls().list(ListRequest.getDefaultInstance()).getPlacementsCount()).isEqualTo(2);
  }

  @Test
  void aQuotaThatIsNotPublishedCannotBeRaised() {
    // Given
    QuotaChange change =
        QuotaChange.newBuilder().setNode("acme").setFlavor("t4").setNominal(8).build();
    SimulateRequest plan =
        SimulateRequest.newBuilder().addSteps(Step.newBuilder().setQuota(change)).build();

    // When // Then
    assertThatThrownBy(() -> inspection().simulate(plan))
        .hasMessageContaining("INVALID_ARGUMENT")
        .hasMessageContaining("'acme', which is not published");
  }

  @Test
  void aPlanOfUnknownThingsIsRefused() {
    // Given
    SimulateRequest ghost =
        SimulateRequest.newBuilder().addSteps(Step.newBuilder().setDrainNode("ghost")).build();
    SimulateRequest empty = SimulateRequest.newBuilder().addSteps(Step.newBuilder()).build();

    // When // Then
    assertThatThrownBy(() -> inspection().simulate(ghost))
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessageContaining("INVALID_ARGUMENT")
        .hasMessageContaining("ghost");
    assertThatThrownBy(() -> inspection().simulate(empty)).hasMessageContaining("empty");
  }

  @Test
  void aDumpIsReplayedOffline() throws Exception {
    // Given
    Path file = dir.resolve("state.snapshot");
    Path requests = dir.resolve("requests");
    SnapshotRecord recorded =
        SnapshotRecord.newBuilder().setRequest(Messages.request("new", 5)).build();

    // When
    SnapshotFile.write(file, inspection().dump(DumpRequest.getDefaultInstance()));
    SnapshotFile.write(requests, List.of(recorded).iterator());
    Snapshot snapshot = SnapshotFile.read(file);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ReplayMain.run(snapshot, requests, new PrintStream(out, true, StandardCharsets.UTF_8));

    // Then
    assertThat(snapshot.state().placements()).containsOnlyKeys("busy", "waits");
    assertThat(snapshot.state().flavors()).hasSize(1);
    assertThat(snapshot.nodeTimeoutNanos()).isEqualTo(3_000_000_000L);
    assertThat(Recompute.check(snapshot.state())).isEmpty();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("1 nodes, 2 placements, 1 waiting")
        .contains("waiting waits waits at 1: Asked 2 x T4-16")
        .contains("request new rejected: ");
  }

  @Test
  void aFileThatIsCutOffIsRefused() throws Exception {
    // Given
    Path file = dir.resolve("whole.snapshot");
    SnapshotFile.write(file, inspection().dump(DumpRequest.getDefaultInstance()));
    byte[] whole = Files.readAllBytes(file);

    // When
    Path cut = Files.write(dir.resolve("cut"), Arrays.copyOf(whole, whole.length / 2));
    Path text = Files.writeString(dir.resolve("text"), "no snapshot");

    // Then
    assertThatThrownBy(() -> SnapshotFile.read(cut)).isInstanceOf(SnapshotException.class);
    assertThatThrownBy(() -> SnapshotFile.read(text)).isInstanceOf(SnapshotException.class);
  }

  @Test
  void theStateIsWhatItsPlacementsImply() {
    // When // Then
    assertThat(inspection().check(CheckRequest.getDefaultInstance()).getDiscrepanciesList())
        .isEmpty();
    await()
        .untilAsserted(
            () ->
                assertThat(metrics())
                    .contains("berth_scheduler_state_discrepancies{kind=\"DEVICE_TWICE\"} 0"));
  }

  private String metrics() throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + leader.managementPort + "/metrics");
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }

  private PlacementState state(String id) {
    return calls().get(GetRequest.newBuilder().setPlacementId(id).build()).getState();
  }

  private SchedulerGrpc.SchedulerBlockingStub calls() {
    return SchedulerGrpc.newBlockingStub(channel)
        .withWaitForReady()
        .withDeadlineAfter(30, TimeUnit.SECONDS);
  }

  private InspectionGrpc.InspectionBlockingStub inspection() {
    return InspectionGrpc.newBlockingStub(channel)
        .withWaitForReady()
        .withDeadlineAfter(30, TimeUnit.SECONDS);
  }
}
