package dev.berth.scheduler.leadership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.scheduler.config.SchedulerConfig;
import dev.berth.scheduler.store.ZooKeeperConnection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.test.TestingServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A real ZooKeeper and real sockets; the leader's session never ends. */
@SuppressWarnings("NullAway.Init")
class LeaderProbeIT {
  private static final String LATCH = "/berth/leader";
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private TestingServer zookeeper;
  private CuratorFramework curator;
  private Listening leader;
  private String place;
  private LeaderProbe probe;

  /** What a scheduler's port looks like from outside. */
  private static final class Listening implements AutoCloseable {
    final ServerSocket socket;
    final List<Socket> accepted = new CopyOnWriteArrayList<>();
    final AtomicInteger connections = new AtomicInteger();

    Listening() throws IOException {
      socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      Thread.ofVirtual().start(this::accept);
    }

    private void accept() {
      try {
        while (true) {
          accepted.add(socket.accept());
          connections.incrementAndGet();
        }
      } catch (IOException e) {
        // Closed.
      }
    }

    void dropConnections() throws IOException {
      for (Socket one : accepted) {
        one.close();
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
      dropConnections();
    }
  }

  @BeforeEach
  void open() throws Exception {
    zookeeper = new TestingServer(true);
    curator =
        ZooKeeperConnection.open(
            new SchedulerConfig.ZooKeeper(
                zookeeper.getConnectString(), "/berth", Duration.ofSeconds(5)));
    leader = new Listening();
    place = stands("a@127.0.0.1:" + leader.socket.getLocalPort());
    probe = new LeaderProbe(curator, LATCH, "b@127.0.0.1:1");
    probe.start();
    await().atMost(PATIENCE).until(() -> leader.connections.get() > 0);
  }

  private String stands(String candidate) throws Exception {
    return curator
        .create()
        .creatingParentsIfNeeded()
        .withMode(org.apache.zookeeper.CreateMode.EPHEMERAL_SEQUENTIAL)
        .forPath(LATCH + "/latch-", candidate.getBytes(StandardCharsets.UTF_8));
  }

  @AfterEach
  void close() throws Exception {
    probe.close();
    leader.close();
    curator.close();
    zookeeper.close();
  }

  private boolean stands() throws Exception {
    return curator.checkExists().forPath(place) != null;
  }

  @Test
  void aDeadProcessLosesItsPlace() throws Exception {
    // When
    leader.close();

    // Then
    await().atMost(PATIENCE).until(() -> !stands());
  }

  @Test
  void aBrokenConnectionAloneSaysNothing() throws Exception {
    // When
    leader.dropConnections();

    // Then the probe connects anew, which it does after it has judged
    await().atMost(PATIENCE).until(() -> leader.connections.get() >= 3);
    assertThat(stands()).isTrue();
  }

  @Test
  void onlyTheFirstInTheQueueIsLookedAt() throws Exception {
    // Given a candidate behind it, at a port where nobody listens
    String second = stands("c@127.0.0.1:1");

    // When
    leader.dropConnections();
    await().atMost(PATIENCE).until(() -> leader.connections.get() >= 3);

    // Then
    assertThat(stands()).isTrue();
    assertThat(curator.checkExists().forPath(second)).isNotNull();
  }
}
