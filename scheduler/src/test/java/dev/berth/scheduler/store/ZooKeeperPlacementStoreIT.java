package dev.berth.scheduler.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.scheduler.config.SchedulerConfig;
import dev.berth.scheduler.core.Effect;
import dev.berth.scheduler.core.Hardware;
import dev.berth.scheduler.core.model.Accelerator;
import dev.berth.scheduler.core.model.Device;
import dev.berth.scheduler.core.model.Eviction;
import dev.berth.scheduler.core.model.Flavor;
import dev.berth.scheduler.core.model.Lease;
import dev.berth.scheduler.core.model.Nomination;
import dev.berth.scheduler.core.model.Placement;
import dev.berth.scheduler.core.model.Request;
import dev.berth.scheduler.core.model.Shape;
import dev.berth.scheduler.core.quota.Limits;
import dev.berth.scheduler.core.quota.Past;
import dev.berth.scheduler.core.quota.QuotaKey;
import dev.berth.scheduler.core.quota.QuotaNode;
import dev.berth.scheduler.core.quota.Quotas;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.test.TestingServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway.Init")
class ZooKeeperPlacementStoreIT {
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private TestingServer zookeeper;
  private CuratorFramework firstClient;
  private CuratorFramework secondClient;
  private PlacementStore first;
  private PlacementStore second;

  @BeforeEach
  void open() throws Exception {
    zookeeper = new TestingServer(true);
    firstClient = client();
    secondClient = client();
    first = new ZooKeeperPlacementStore(firstClient, "/berth/test");
    second = new ZooKeeperPlacementStore(secondClient, "/berth/test");
  }

  @AfterEach
  void close() throws Exception {
    firstClient.close();
    secondClient.close();
    zookeeper.close();
  }

  private CuratorFramework client() throws InterruptedException {
    CuratorFramework client =
        ZooKeeperConnection.open(
            new SchedulerConfig.ZooKeeper(
                zookeeper.getConnectString(), "/berth/test", Duration.ofSeconds(5)));
    client.blockUntilConnected();
    return client;
  }

  @Test
  void whatOneTermWritesTheNextReads() {
    // Given
    Term term = first.begin(1);
    Placement.Placed placed = placed("space/acme/a.b/0", term.epoch());
    Placement.Waiting waiting = new Placement.Waiting(request("..", 1), 5);
    Shape shape = new Shape(1, 2, new Accelerator.GpuShare("T4-16", 250, 1_000));
    Flavor flavor = new Flavor("t4-quarter", "v1", shape, 100_000);

    // When
    Commit commit =
        first
            .commit(
                term,
                1,
                List.of(
                    new Effect.NodeSaved("node-1", Hardware.gpus("H200-141", 2, 2)),
                    new Effect.NodeSaved("node-2", Hardware.tpu("v5e", 2, 4)),
                    new Effect.FlavorsSaved(List.of(flavor)),
                    new Effect.PlacementSaved(placed),
                    new Effect.PlacementSaved(waiting)))
            .join();
    Contents contents = second.load();

    // Then
    assertThat(commit).isEqualTo(new Commit.Durable());
    assertThat(contents.placements()).containsExactlyInAnyOrder(placed, waiting);
    assertThat(contents.nodes())
        .containsEntry("node-1", Hardware.gpus("H200-141", 2, 2))
        .containsEntry("node-2", Hardware.tpu("v5e", 2, 4));
    assertThat(contents.flavors()).containsExactly(flavor);
  }

  @Test
  void aFollowerKnowsEveryChangeUpToItsOwnTerm() {
    // Given a standby that followed
    Term term = first.begin(1);
    first.load();
    Placement.Placed stays = placed("stays", term.epoch());
    Placement.Placed changes = placed("changes", term.epoch());
    Placement.Placed goes = placed("goes", term.epoch());
    assertDurable(
        first.commit(
            term,
            1,
            List.of(
                new Effect.NodeSaved("node-1", Hardware.gpus("H200-141", 2, 2)),
                new Effect.NodeBecameReady("node-1"),
                new Effect.NodeBecameReady("node-2"),
                new Effect.PlacementSaved(stays),
                new Effect.PlacementSaved(changes),
                new Effect.PlacementSaved(goes))));
    second.follow();

    // When much changes, and it begins a term at once
    Placement.Placed comes = placed("comes", term.epoch());
    assertDurable(
        first.commit(
            term,
            2,
            List.of(
                new Effect.PlacementSaved(changes.release()),
                new Effect.NodeBecameLost("node-2"),
                new Effect.PlacementRemoved(goes),
                new Effect.PlacementSaved(comes))));
    second.begin(1);
    Contents contents = second.load();

    // Then
    assertThat(contents.placements()).containsExactlyInAnyOrder(stays, changes.release(), comes);
    assertThat(contents.ready()).containsExactly("node-1");
  }

  @Test
  void aFollowerMissesNothingWhileItIsCutOff() throws Exception {
    // Given
    Term term = first.begin(1);
    first.load();
    Placement.Placed before = placed("before", term.epoch());
    assertDurable(first.commit(term, 1, List.of(new Effect.PlacementSaved(before))));
    second.follow();

    // When the store restarts, and things change as soon as it is back
    zookeeper.restart();
    await().atMost(PATIENCE).ignoreExceptions().until(() -> first.begin(1).epoch() > term.epoch());
    Term next = first.begin(1);
    first.load();
    Placement.Placed after = placed("after", next.epoch());
    assertDurable(first.commit(next, 1, List.of(new Effect.PlacementSaved(after))));
    await().atMost(PATIENCE).until(() -> secondClient.getZookeeperClient().isConnected());

    // Then
    assertThat(second.load().placements()).containsExactlyInAnyOrder(before, after);
  }

  private static void assertDurable(CompletableFuture<Commit> commit) {
    assertThat(commit.join()).isEqualTo(new Commit.Durable());
  }

  @Test
  void quotasAndWhatIsKeptOutliveALeader() {
    // Given
    Term term = first.begin(1);
    first.load();
    Limits limits = new Limits(4, 0, Limits.UNLIMITED);
    Quotas quotas = new Quotas(List.of(new QuotaNode("a/b", "", 2, Map.of("t4", limits))), 7, 8);
    Nomination kept = new Nomination(List.of(lease("x#0")), Set.of("victim"), 9);
    Placement.Waiting nominee = new Placement.Waiting(request("x", 1), 5, kept);
    Placement.Releasing victim =
        placed("victim", term.epoch()).evict(new Eviction(Eviction.Kind.RECLAIMED, "x", 9));
    QuotaKey key = new QuotaKey("a/b", "t4:1");

    // When
    var _ =
        first.commit(
            term,
            1,
            List.of(
                new Effect.QuotasSaved(quotas),
                new Effect.PastSaved(key, new Past(3, 4)),
                new Effect.OwnerSpared("Space a/b", 6),
                new Effect.OwnerSpared("Space c", 6),
                new Effect.OwnerNotSpared("Space c"),
                new Effect.PlacementSaved(nominee),
                new Effect.PlacementSaved(victim)));
    Contents contents = second.load();

    // Then
    assertThat(contents.quotas()).isEqualTo(quotas);
    assertThat(contents.history()).containsExactly(Map.entry(key, new Past(3, 4)));
    assertThat(contents.spared()).containsExactly(Map.entry("Space a/b", 6L));
    assertThat(contents.placements()).containsExactlyInAnyOrder(nominee, victim);
    assertThat(contents.restore(9, 0).book().nominees()).containsOnlyKeys("x");
  }

  @Test
  void aDeposedLeaderCannotWrite() {
    // Given
    Term old = first.begin(1);
    first.load();
    Term later = second.begin(1);

    // When
    Commit stale =
        first.commit(old, 1, List.of(new Effect.PlacementSaved(placed("x", old.epoch())))).join();

    // Then
    assertThat(stale).isEqualTo(new Commit.StaleEpoch());
    assertThat(later.epoch()).isGreaterThan(old.epoch());
    assertThat(second.load().placements()).isEmpty();
  }

  @Test
  void aCommitOfNothingTellsWhetherTheTermStillStands() {
    // Given
    Term old = first.begin(1);
    Commit before = first.commit(old, 1, List.of()).join();
    second.begin(1);

    // When
    Commit after = first.commit(old, 2, List.of()).join();

    // Then
    assertThat(before).isEqualTo(new Commit.Durable());
    assertThat(after).isEqualTo(new Commit.StaleEpoch());
  }

  @Test
  void whatFollowsALostCommitIsRefused() {
    // Given
    Term term = first.begin(1);
    first.load();
    Commit before = first.commit(term, 1, List.of()).join();

    // When: number 2 never arrived.
    Commit late =
        first.commit(term, 3, List.of(new Effect.PlacementSaved(placed("x", term.epoch())))).join();

    // Then
    assertThat(before).isEqualTo(new Commit.Durable());
    assertThat(late).isEqualTo(new Commit.OutOfOrder());
    assertThat(second.load().placements()).isEmpty();
  }

  @Test
  void commitsInFlightTogetherFollowEachOther() {
    // Given
    Term term = first.begin(1);
    first.load();
    List<CompletableFuture<Commit>> commits = new ArrayList<>();

    // When
    for (int number = 1; number <= 100; number++) {
      Placement placed = placed("x", term.epoch());
      Effect.Write write =
          number % 2 == 0 ? new Effect.PlacementRemoved(placed) : new Effect.PlacementSaved(placed);
      commits.add(first.commit(term, number, List.of(write)));
    }

    // Then
    assertThat(commits).allMatch(commit -> commit.join() instanceof Commit.Durable);
    assertThat(second.load().placements()).isEmpty();
  }

  @Test
  void epochsStartAboveWhatWasSeen() {
    assertThat(first.begin(500).epoch()).isEqualTo(500);
    assertThat(second.begin(1).epoch()).isEqualTo(501);
  }

  @Test
  void createUpdateAndRemoveOfOnePlacementMayShareACommit() {
    // Given
    Term term = first.begin(1);
    Placement.Placed placed = placed("x", term.epoch());
    first.load();

    // When
    var _ =
        first.commit(
            term,
            1,
            List.of(
                new Effect.PlacementSaved(placed),
                new Effect.PlacementSaved(placed.release()),
                new Effect.PlacementRemoved(placed.release())));
    var _ = first.commit(term, 2, List.of(new Effect.PlacementSaved(placed)));
    Commit updated =
        first.commit(term, 3, List.of(new Effect.PlacementSaved(placed.release()))).join();

    // Then
    assertThat(updated).isEqualTo(new Commit.Durable());
    assertThat(second.load().placements()).containsExactly(placed.release());
  }

  @Test
  void aGangOf512IsOneCommit() {
    // Given
    Term term = first.begin(1);
    first.load();
    List<Lease> leases = new ArrayList<>();
    for (int i = 0; i < 512; i++) {
      leases.add(lease("gang#" + i));
    }
    Placement.Placed gang =
        new Placement.Waiting(request("gang", 512), 1).place(leases, term.epoch(), 2);

    // When
    Commit commit = first.commit(term, 1, List.of(new Effect.PlacementSaved(gang))).join();

    // Then
    assertThat(commit).isEqualTo(new Commit.Durable());
    assertThat(second.load().placements()).containsExactly(gang);
  }

  @Test
  void aLostConnectionLeavesTheOutcomeUnknown() throws Exception {
    // Given
    Term term = first.begin(1);
    first.load();
    zookeeper.stop();

    // When
    Commit commit =
        first.commit(term, 1, List.of(new Effect.PlacementSaved(placed("x", term.epoch())))).join();

    // Then
    assertThat(commit).isInstanceOf(Commit.Unknown.class);
  }

  private static Placement.Placed placed(String id, long epoch) {
    return new Placement.Waiting(request(id, 1), 1).place(List.of(lease(id + "#0")), epoch, 2);
  }

  private static Lease lease(String id) {
    return new Lease(
        id,
        "node-1",
        List.of(
            new Device.WholeGpu(0, "H200-141", 143_771),
            new Device.MigInstance(1, "H200-141", "1g.18gb+me", 3, 16_384),
            new Device.ShareOfGpu(2, "T4-16", 250, 1_000),
            new Device.TpuChip(1, 0, 0, "v5e", 16_384),
            new Device.Cpu()),
        1_000,
        2_000,
        250,
        1_000);
  }

  private static Request request(String id, int members) {
    Shape shape = new Shape(1_000, 2_000, new Accelerator.TpuSlice("v5e", 2, 4, 1));
    return new Request(
        id, java.util.Collections.nCopies(members, shape), "acme", "Space acme/a", "f", "v1");
  }
}
