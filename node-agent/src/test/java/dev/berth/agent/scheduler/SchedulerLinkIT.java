package dev.berth.agent.scheduler;

import static dev.berth.agent.core.Leases.claim;
import static dev.berth.agent.core.Leases.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.agent.core.Event;
import dev.berth.agent.core.GrantView;
import dev.berth.agent.core.Lease;
import dev.berth.agent.devices.Health;
import dev.berth.agent.devices.simulated.SimulatedBackend;
import dev.berth.agent.journal.Recovery;
import dev.berth.agent.location.Location;
import dev.berth.agent.location.LocationSource;
import dev.berth.agent.location.NodeLabels;
import dev.berth.agent.runtime.AgentLedger;
import dev.berth.agent.runtime.GrantBoard;
import dev.berth.agent.runtime.Moments;
import dev.berth.api.agent.v1.AgentMessage;
import dev.berth.api.agent.v1.Grant;
import dev.berth.api.agent.v1.Granted;
import dev.berth.api.agent.v1.Grants;
import dev.berth.api.agent.v1.Inventory;
import dev.berth.api.agent.v1.Revoke;
import dev.berth.api.agent.v1.SchedulerMessage;
import dev.berth.api.agent.v1.Welcome;
import dev.berth.api.common.v1.Device;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchedulerLinkIT {
  @BeforeAll
  static void allowForABusyMachine() {
    Awaitility.setDefaultTimeout(Duration.ofSeconds(40));
  }

  @TempDir Path dir;
  private final GrantBoard board = new GrantBoard();
  private final Map<String, String> xids = new ConcurrentHashMap<>();

  @SuppressWarnings("NullAway.Init")
  private FakeScheduler scheduler;

  @SuppressWarnings("NullAway.Init")
  private AgentLedger ledger;

  @SuppressWarnings("NullAway.Init")
  private SimulatedBackend backend;

  @SuppressWarnings("NullAway.Init")
  private Health health;

  @SuppressWarnings("NullAway.Init")
  private ManagedChannel channel;

  @SuppressWarnings("NullAway.Init")
  private SchedulerLink link;

  private final MovingNode location = new MovingNode();

  /** A node that is labelled while its agent runs. */
  private static final class MovingNode implements LocationSource {
    private volatile Location now = Location.UNKNOWN;
    private volatile Runnable changed = () -> {};

    @Override
    public Location now() {
      return now;
    }

    @Override
    public void onChange(Runnable changed) {
      this.changed = changed;
    }

    void labelled(Map<String, String> labels) {
      now = NodeLabels.location(labels);
      changed.run();
    }
  }

  @BeforeEach
  void open() throws IOException {
    scheduler = new FakeScheduler();
    Recovery.Opened opened = new Recovery(dir, () -> "j").open(Moments.system().now());
    ledger = new AgentLedger(opened.state(), opened.journal(), Moments.system());
    ledger.record(new Event.Booted("boot"));
    Path yaml = dir.resolve("node.yaml");
    try (var in =
        Objects.requireNonNull(getClass().getResourceAsStream("/examples/simulated-node.yaml"))) {
      Files.write(yaml, in.readAllBytes());
    }
    backend = new SimulatedBackend("n1", yaml, 0, dir.resolve("mig.json"), "boot", Set::of);
    health = new Health(List.of(() -> Map.copyOf(xids)));
    channel =
        Grpc.newChannelBuilder("127.0.0.1:" + scheduler.port(), InsecureChannelCredentials.create())
            .build();
    link =
        new SchedulerLink(
            channel,
            new SchedulerLink.Identity("n1", "test", new NodeCapacity(64_000, 1024, 64, 16)),
            ledger,
            board,
            backend,
            health,
            location);
    link.start();
  }

  @AfterEach
  void close() {
    link.close();
    channel.shutdownNow();
    backend.close();
    scheduler.close();
  }

  private static SchedulerMessage.Builder epoch(long epoch) {
    return SchedulerMessage.newBuilder().setEpoch(epoch);
  }

  private void welcome(long epoch) {
    await().until(() -> scheduler.connected());
    scheduler.send(
        epoch(epoch)
            .setWelcome(Welcome.newBuilder().setSchedulerId("s").setHeartbeatNanos(100_000_000)));
    await().until(link::connected);
  }

  private static Grant grant(long epoch, String lease) {
    return Grant.newBuilder()
        .setLeaseId(lease)
        .setEpoch(epoch)
        .setAccount("acme")
        .addDevices(Device.newBuilder().setName("gpu-0").setModel("T4-16").setMilli(1000))
        .build();
  }

  private void grants(long epoch, String... leases) {
    Grants.Builder all = Grants.newBuilder();
    for (String lease : leases) {
      all.addGrants(grant(epoch, lease));
    }
    scheduler.send(epoch(epoch).setGrants(all));
    awaitGranted(leases);
  }

  private void awaitGranted(String... leases) {
    await()
        .until(
            () ->
                board.view() instanceof GrantView.Known k
                    && k.grants().keySet().equals(Set.of(leases)));
  }

  private void revoke(long epoch, String lease) {
    scheduler.send(epoch(epoch).setRevoke(Revoke.newBuilder().setLeaseId(lease)));
  }

  private void prepare(String lease) {
    dev.berth.agent.core.Grant grant = ledger.now().lease(lease).orElseThrow().grant();
    ledger.record(new Event.LeasePrepared(grant, claim("u", whole(0))));
  }

  private boolean gone(String lease, long epoch) {
    return scheduler.saw(
        m -> m.getGone().getLeaseId().equals(lease) && m.getGone().getEpoch() == epoch);
  }

  @Test
  void introducesItselfWithEverythingItHas() {
    await().until(() -> scheduler.saw(AgentMessage::hasInventory));
    assertThat(scheduler.received.getFirst().getRegister().getNode()).isEqualTo("n1");
    assertThat(scheduler.received.getFirst().getRegister().getJournalId()).isEqualTo("j");
    Inventory inventory = scheduler.received.get(1).getInventory();
    assertThat(inventory.getCardsCount()).isEqualTo(14);
    assertThat(inventory.getCpuMilli()).isEqualTo(64_000);
    assertThat(inventory.getTori(0).getGeneration()).isEqualTo("v5e");
    assertThat(inventory.getCards(10).getMigMemoryUnits()).isEqualTo(8);
    assertThat(inventory.getCards(10).getMigProfilesList())
        .anyMatch(p -> p.getName().equals("3g.71gb"));
  }

  @Test
  void tellsWhereItStandsWhenItIsLabelled() {
    // Given
    await().until(() -> scheduler.saw(AgentMessage::hasInventory));

    // When
    location.labelled(
        Map.of(
            NodeLabels.REGION, "eu-1",
            NodeLabels.RACK, "r7",
            NodeLabels.TPU_POD, "p1",
            NodeLabels.TPU_POD_SIZE, "16x16",
            NodeLabels.TPU_AT, "2-4"));

    // Then
    await().until(() -> scheduler.saw(m -> m.getInventory().getLocation().getRack().equals("r7")));
    Inventory inventory = scheduler.received.getLast().getInventory();
    assertThat(inventory.getLocation().getRegion()).isEqualTo("eu-1");
    assertThat(inventory.getTori(0).getPod()).isEqualTo("p1");
    assertThat(inventory.getTori(0).getAtY()).isEqualTo(4);
    assertThat(inventory.getTori(0).getPodZ()).isEqualTo(1);
  }

  @Test
  void whatIsGrantedAndRevokedLaterChangesTheList() {
    // Given
    welcome(3);
    grants(3, "a#0", "b#0");

    // When
    scheduler.send(epoch(3).setGranted(Granted.newBuilder().addGrants(grant(3, "c#0"))));
    revoke(3, "a#0");

    // Then
    awaitGranted("b#0", "c#0");
    assertThat(gone("b#0", 3)).isFalse();
    assertThat(ledger.now().lease("c#0").map(Lease::gone)).hasValue(false);
    await().until(() -> gone("a#0", 3));
  }

  @Test
  void heartbeatsNameWhatIsPrepared() {
    welcome(3);
    grants(3, "a#0");
    prepare("a#0");
    await().until(() -> scheduler.saw(m -> m.getHeartbeat().getHeldLeasesList().contains("a#0")));
  }

  @Test
  void aRevokedLeaseDrainsUntilUnpreparedThenIsGone() {
    welcome(3);
    grants(3, "a#0");
    prepare("a#0");
    revoke(3, "a#0");
    await().until(() -> !ledger.now().lease("a#0").orElseThrow().held());
    assertThat(gone("a#0", 3)).isFalse();
    ledger.record(new Event.LeaseUnprepared("a#0"));
    await().until(() -> gone("a#0", 3));
  }

  @Test
  void aLeaseNeverSeenIsGoneAtOnceAndAgainWhenAsked() {
    welcome(3);
    revoke(3, "x#0");
    await().until(() -> gone("x#0", 3));
    assertThat(ledger.now().lease("x#0").map(Lease::gone)).hasValue(true);
    revoke(4, "x#0");
    await().until(() -> gone("x#0", 4));
  }

  @Test
  void aDeposedLeaderIsRefused() {
    // Given
    welcome(7);
    grants(7, "a#0");
    scheduler.breakStreams();
    await().until(() -> board.view() instanceof GrantView.Unknown);
    await().until(scheduler::connected);

    // When
    scheduler.send(epoch(6).setGrants(Grants.getDefaultInstance()));

    // Then
    await().until(() -> scheduler.connections() >= 3);
    assertThat(ledger.now().lease("a#0").orElseThrow().gone()).isFalse();
    assertThat(ledger.now().highestEpoch()).isEqualTo(7);
    assertThat(scheduler.lastRegister().getHighestEpoch()).isEqualTo(7);
  }

  @Test
  void whatWasReleasedWhileDisconnectedEnds() {
    welcome(3);
    grants(3, "a#0");
    prepare("a#0");
    scheduler.breakStreams();
    await().until(() -> board.view() instanceof GrantView.Unknown);
    welcome(4);
    grants(4);
    await().until(() -> !ledger.now().lease("a#0").orElseThrow().held());
    ledger.record(new Event.LeaseUnprepared("a#0"));
    await().until(() -> gone("a#0", 4));
  }

  @Test
  void healthIsToldWhenItChanges() {
    welcome(3);
    xids.put("gpu-1", "XID 79");
    health.refresh();
    await()
        .until(
            () ->
                scheduler.saw(
                    m -> m.getHealth().getDevice().equals("gpu-1") && !m.getHealth().getHealthy()));
    xids.clear();
    health.refresh();
    await()
        .until(
            () ->
                scheduler.saw(
                    m -> m.getHealth().getDevice().equals("gpu-1") && m.getHealth().getHealthy()));
  }
}
