package dev.berth.agent.dra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.agent.core.Decision;
import dev.berth.agent.core.Event;
import dev.berth.agent.core.GrantRules;
import dev.berth.agent.core.GrantView;
import dev.berth.agent.dra.AllocatedClaim.Allocation;
import dev.berth.agent.wire.dra.v1.Claim;
import dev.berth.agent.wire.dra.v1.Device;
import dev.berth.agent.wire.dra.v1.NodePrepareResourceResponse;
import dev.berth.agent.wire.health.HealthStatus;
import dev.berth.agent.wire.registration.InfoRequest;
import dev.berth.agent.wire.registration.PluginInfo;
import dev.berth.agent.wire.registration.RegistrationStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The plugin as a kubelet sees it, over real unix sockets; only the API server is a map. */
class KubeletPluginIT {
  @BeforeAll
  static void allowForABusyMachine() {
    Awaitility.setDefaultTimeout(Duration.ofSeconds(40));
  }

  @TempDir Path dir;

  @SuppressWarnings("NullAway.Init")
  private PluginUnderTest plugin;

  @SuppressWarnings("NullAway.Init")
  private FakeKubelet kubelet;

  @BeforeEach
  void open() {
    plugin = new PluginUnderTest(dir);
    kubelet = new FakeKubelet(dir.resolve("kubelet"));
  }

  @AfterEach
  void close() {
    kubelet.close();
    plugin.close();
  }

  private void claim(String name, String lease, Allocation... allocations) {
    plugin.claims.put(
        name,
        new AllocatedClaim(
            "uid-" + name,
            List.of(allocations),
            Map.of(
                "leaseId",
                lease,
                "epoch",
                "3",
                "account",
                "acme",
                "owner",
                "Space acme/a",
                "flavor",
                "f",
                "catalogVersion",
                "1")));
  }

  private static Allocation device(String request, String device) {
    return new Allocation(request, "n1", device, "", 1000);
  }

  private NodePrepareResourceResponse prepare(String name) {
    return kubelet.prepare(ref(name));
  }

  private static Claim ref(String name) {
    return Claim.newBuilder().setNamespace("ns").setName(name).setUid("uid-" + name).build();
  }

  private JsonNode cdi(String name) throws IOException {
    return new ObjectMapper()
        .readTree(dir.resolve("cdi/berth.dev-claim_uid-" + name + ".json").toFile());
  }

  private List<String> env(String name) throws IOException {
    List<String> env = new java.util.ArrayList<>();
    cdi(name).at("/devices/0/containerEdits/env").forEach(e -> env.add(e.asText()));
    return env;
  }

  @Test
  void registersWithBothServices() {
    PluginInfo info = kubelet.registration().getInfo(InfoRequest.getDefaultInstance());
    assertThat(info.getType()).isEqualTo("DRAPlugin");
    assertThat(info.getName()).isEqualTo("berth.dev");
    assertThat(Path.of(info.getEndpoint())).isAbsolute().exists();
    assertThat(info.getSupportedVersionsList())
        .containsExactly("v1.DRAPlugin", "v1alpha1.DRAResourceHealth");
    kubelet
        .registration()
        .notifyRegistrationStatus(
            RegistrationStatus.newBuilder().setPluginRegistered(true).build());
    assertThat(plugin.registrations.get()).isEqualTo(1);
  }

  @Test
  void aGangOfCardsGetsOneEnvironment() throws IOException {
    // Given
    claim("c", "a#0", device("r0", "gpu-0"), device("r0", "gpu-1"), device("r1", "gpu-2"));

    // When
    NodePrepareResourceResponse answer = prepare("c");

    // Then
    assertThat(answer.getError()).isEmpty();
    assertThat(answer.getDevicesList())
        .extracting(Device::getDeviceName)
        .containsExactly("gpu-0", "gpu-1", "gpu-2");
    assertThat(answer.getDevicesList())
        .extracting(d -> d.getCdiDeviceIdsList().stream().toList())
        .containsExactly(
            List.of("berth.dev/claim=uid-c"), List.of(), List.of("berth.dev/claim=uid-c"));
    assertThat(cdi("c").get("cdiVersion").asText()).isEqualTo("0.6.0");
    assertThat(cdi("c").get("kind").asText()).isEqualTo("berth.dev/claim");
    String uuids = plugin.uuid("gpu-0") + "," + plugin.uuid("gpu-1") + "," + plugin.uuid("gpu-2");
    assertThat(env("c"))
        .contains(
            "CUDA_VISIBLE_DEVICES=" + uuids,
            "NVIDIA_VISIBLE_DEVICES=" + uuids,
            "BERTH_DEVICES=gpu-0,gpu-1,gpu-2");
    assertThat(plugin.ledger.now().lease("a#0").orElseThrow().held()).isTrue();
  }

  @Test
  void prepareAndUnprepareAreIdempotentAndFreeTheDevice() {
    // Given
    claim("c", "a#0", device("r", "gpu-0"));
    NodePrepareResourceResponse first = prepare("c");
    plugin.claims.clear();

    // When // Then: not even the API server is needed again
    assertThat(prepare("c")).isEqualTo(first);
    assertThat(kubelet.unprepare(ref("c"))).isEmpty();
    assertThat(kubelet.unprepare(ref("c"))).isEmpty();
    assertThat(plugin.ledger.now().prepared()).isEmpty();
    assertThat(dir.resolve("cdi")).isEmptyDirectory();
    claim("next", "b#0", device("r", "gpu-0"));
    assertThat(prepare("next").getError()).isEmpty();
  }

  @Test
  void aMigInstanceIsMadeAndDestroyed() throws IOException {
    claim("c", "a#0", device("r", "gpu-10-mig-3g-71gb-4"));
    assertThat(prepare("c").getError()).isEmpty();
    assertThat(plugin.backend.instances()).hasSize(1);
    assertThat(env("c"))
        .contains("CUDA_VISIBLE_DEVICES=" + plugin.backend.instances().getFirst().uuid());
    claim("whole", "b#0", device("r", "gpu-10"));
    assertThat(prepare("whole").getError()).contains("DEVICE_BUSY", "gpu-10", "a#0");
    kubelet.unprepare(ref("c"));
    assertThat(plugin.backend.instances()).isEmpty();
    assertThat(prepare("whole").getError()).isEmpty();
  }

  @Test
  void aStrayInstanceIsClearedOutOfTheWay() {
    plugin.backend.create(
        Objects.requireNonNull(plugin.backend.inventory().specs().get("gpu-10-mig-1g-18gb-5"))
            .mig()
            .orElseThrow());
    claim("c", "a#0", device("r", "gpu-10-mig-3g-71gb-4"));
    assertThat(prepare("c").getError()).isEmpty();
    assertThat(plugin.backend.instances()).hasSize(1);
  }

  @Test
  void chipsGetTheirBounds() throws IOException {
    claim(
        "c",
        "a#0",
        device("r", "tpu-0-1-0"),
        device("r", "tpu-1-1-0"),
        device("r", "tpu-0-2-0"),
        device("r", "tpu-1-2-0"));
    assertThat(prepare("c").getError()).isEmpty();
    assertThat(env("c"))
        .contains(
            "TPU_VISIBLE_CHIPS=2,3,4,5",
            "TPU_CHIPS_PER_HOST_BOUNDS=2,2,1",
            "TPU_ACCELERATOR_TYPE=v5litepod-4");
    assertThat(env("c")).noneMatch(e -> e.startsWith("CUDA"));
  }

  @Test
  void badClaimsSayWhatIsWrong() {
    assertThat(prepare("none").getError()).contains("ns/none does not exist");
    claim("ghost", "a#0", device("r", "gpu-99"));
    assertThat(prepare("ghost").getError()).contains("gpu-99 does not exist on this node");
    claim("elsewhere", "a#0", new Allocation("r", "n2", "gpu-0", "", 1000));
    assertThat(prepare("elsewhere").getError()).contains("pool n2").contains("n1");
    plugin.claims.put(
        "bare", new AllocatedClaim("uid-bare", List.of(device("r", "gpu-0")), Map.of()));
    assertThat(prepare("bare").getError()).contains("leaseId").contains("catalogVersion");
    claim("replaced", "a#0", device("r", "gpu-0"));
    assertThat(kubelet.prepare(ref("replaced").toBuilder().setUid("old").build()).getError())
        .contains("replaced: its uid is uid-replaced");
  }

  @Test
  void oneFailedClaimDoesNotSpoilAnother() {
    claim("good", "a#0", device("r", "gpu-0"));
    var answers = kubelet.prepareAll(ref("good"), ref("none"));
    assertThat(Objects.requireNonNull(answers.get("uid-good")).getError()).isEmpty();
    assertThat(Objects.requireNonNull(answers.get("uid-none")).getError()).isNotEmpty();
  }

  @Test
  void aPrepareWaitsForADeviceThatIsBeingUnprepared() {
    // Given
    claim("old", "a#0", device("r", "gpu-0"));
    claim("new", "b#0", device("r", "gpu-0"));
    prepare("old");

    // When
    CompletableFuture<String> next = CompletableFuture.supplyAsync(() -> prepare("new").getError());
    kubelet.unprepare(ref("old"));

    // Then
    assertThat(next).succeedsWithin(Duration.ofSeconds(5)).isEqualTo("");
  }

  @Test
  void aPrepareWaitsForAGrantOnItsWayAndNotForever() {
    claim("c", "a#0", device("r", "gpu-0"));
    plugin.board.set(new GrantView.Known(Map.of()));
    assertThat(prepare("c").getError()).contains("NOT_GRANTED");
    CompletableFuture<String> next = CompletableFuture.supplyAsync(() -> prepare("c").getError());
    plugin.board.set(new GrantView.Unknown());
    assertThat(next).succeedsWithin(Duration.ofSeconds(5)).isEqualTo("");
  }

  @Test
  void aRevokedLeaseIsRefusedAtOnce() {
    claim("c", "a#0", device("r", "gpu-0"));
    plugin.ledger.decide(s -> new Decision<>(GrantRules.onRevoke(s, "a#0", 4), true));
    assertThat(prepare("c").getError()).contains("LEASE_GONE");
  }

  @Test
  void whatIsHeldSurvivesARestartAndStaleFilesDoNot() throws IOException {
    // Given
    claim("c", "a#0", device("r", "gpu-0"));
    NodePrepareResourceResponse before = prepare("c");
    Files.writeString(dir.resolve("cdi/berth.dev-claim_stale.json"), "{}");
    Files.delete(dir.resolve("cdi/berth.dev-claim_uid-c.json"));

    // When
    kubelet.close();
    plugin.close();
    open();

    // Then
    assertThat(dir.resolve("cdi/berth.dev-claim_stale.json")).doesNotExist();
    assertThat(prepare("c")).isEqualTo(before);
    assertThat(env("c")).contains("BERTH_LEASE_ID=a#0");
    assertThat(plugin.ledger.now().lease("a#0").orElseThrow().usage().heldNanos()).isPositive();
  }

  @Test
  void lostSocketsAreOpenedAgain() throws IOException {
    Path socket = dir.resolve("kubelet/plugins_registry/berth.dev-reg.sock");
    Files.delete(socket);
    await().until(() -> Files.exists(socket) && plugin.plugin.up());
    kubelet.close();
    kubelet = new FakeKubelet(dir.resolve("kubelet"));
    assertThat(kubelet.registration().getInfo(InfoRequest.getDefaultInstance()).getName())
        .isEqualTo("berth.dev");
  }

  @Test
  void healthIsToldAtOnce() {
    assertThat(kubelet.health("gpu-3-share")).isEqualTo(HealthStatus.HEALTHY);
    plugin.xid("gpu-3");
    await().until(() -> kubelet.health("gpu-3-share") == HealthStatus.UNHEALTHY);
    assertThat(kubelet.health("gpu-2")).isEqualTo(HealthStatus.HEALTHY);
  }

  @Test
  void theLedgerKnowsTheDevices() {
    plugin.ledger.record(new Event.Checkpoint());
    assertThat(plugin.ledger.now().devices()).containsKeys("gpu-0", "tpu-0-0-0", "cpu");
  }
}
