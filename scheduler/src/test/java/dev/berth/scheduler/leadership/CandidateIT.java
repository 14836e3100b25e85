package dev.berth.scheduler.leadership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.scheduler.config.SchedulerConfig;
import dev.berth.scheduler.core.Event;
import dev.berth.scheduler.core.Scheduler;
import dev.berth.scheduler.core.model.Accelerator;
import dev.berth.scheduler.core.model.Request;
import dev.berth.scheduler.core.model.Shape;
import dev.berth.scheduler.store.ZooKeeperConnection;
import dev.berth.scheduler.store.ZooKeeperPlacementStore;
import java.time.Duration;
import java.util.List;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.test.InstanceSpec;
import org.apache.curator.test.TestingServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway.Init")
class CandidateIT {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private TestingServer zookeeper;
  private Member a;
  private Member b;

  /** One scheduler without its network face. */
  private static final class Member implements AutoCloseable {
    final ActiveTerm active = new ActiveTerm();
    final CuratorFramework curator;
    final Candidate candidate;

    Member(String id, String connect) {
      curator =
          ZooKeeperConnection.open(
              new SchedulerConfig.ZooKeeper(connect, "/berth", Duration.ofSeconds(2)));
      candidate =
          new Candidate(
              curator,
              "/berth",
              id,
              new ZooKeeperPlacementStore(curator, "/berth"),
              () -> new Scheduler(10_000_000_000L),
              MonotonicClock.system(),
              active,
              List.of());
      candidate.start();
    }

    boolean leads() {
      return active.current() != null;
    }

    @Override
    public void close() {
      candidate.close();
      curator.close();
    }
  }

  @BeforeEach
  void open() throws Exception {
    zookeeper = new TestingServer(new InstanceSpec(null, -1, -1, -1, true, -1, 500, 60), true);
    a = new Member("a", zookeeper.getConnectString());
    await().atMost(PATIENCE).until(a::leads);
    b = new Member("b", zookeeper.getConnectString());
  }

  @AfterEach
  void close() throws Exception {
    a.close();
    b.close();
    zookeeper.close();
  }

  @Test
  void theStandbyKnowsEverythingWhenTheLeaderGoes() {
    // Given
    long epoch = a.active.leading().epoch();
    place(a, "x");

    // When
    a.close();
    await().atMost(PATIENCE).until(b::leads);

    // Then
    assertThat(b.active.leading().epoch()).isGreaterThan(epoch);
    assertThat(b.active.leading().state().placements()).containsOnlyKeys("x");
  }

  @Test
  void anOutageOfZooKeeperStopsDecidingAndLosesNothing() throws Exception {
    // Given
    place(a, "x");
    long epoch = a.active.leading().epoch();

    // When
    zookeeper.stop();
    await().atMost(PATIENCE).until(() -> !a.leads() && !b.leads());
    zookeeper.restart();
    await().atMost(PATIENCE).until(() -> a.leads() || b.leads());

    // Then
    DecisionLoop leader = leader();
    assertThat(leader.epoch()).isGreaterThan(epoch);
    assertThat(leader.state().placements()).containsOnlyKeys("x");
  }

  @Test
  void anEpochSeenElsewhereIsOutrun() {
    // When
    a.candidate.outrun(77);
    b.candidate.outrun(77);

    // Then
    await()
        .atMost(PATIENCE)
        .ignoreException(NotLeaderException.class)
        .untilAsserted(() -> assertThat(leader().epoch()).isGreaterThan(77));
  }

  private DecisionLoop leader() {
    @Nullable DecisionLoop current = a.active.current();
    return current != null ? current : b.active.leading();
  }

  private static void place(Member member, String id) {
    Shape shape = new Shape(1, 1, new Accelerator.None());
    Request request = new Request(id, List.of(shape), "acme", "o", "f", "v");
    member.active.leading().submit(new Event.Place(request)).join();
  }
}
