package dev.berth.e2e.bench.durable;

import dev.berth.e2e.FleetException;
import dev.berth.e2e.process.Pause;
import java.time.Duration;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.framework.recipes.leader.LeaderLatch;
import org.apache.curator.retry.RetryOneTime;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.data.Stat;

/** Looks at who leads, and writes as a leader would that does not know it was deposed. */
final class Fence implements AutoCloseable {
  /** The number of the leading scheduler, and what its writes are checked against. */
  record Reign(int leader, int version) {}

  private final CuratorFramework curator;

  Fence(String zooKeeper) {
    curator = CuratorFrameworkFactory.newClient(zooKeeper, new RetryOneTime(100));
    curator.start();
  }

  Reign reign() {
    try {
      Stat epoch = curator.checkExists().forPath("/berth/epoch");
      String id = new LeaderLatch(curator, "/berth/leader").getLeader().getId(); // Only looks.
      String number = id.substring(id.indexOf('-') + 1, id.indexOf('@'));
      return new Reign(Integer.parseInt(number), epoch.getVersion());
    } catch (Exception e) { // Curator declares Exception.
      throw new FleetException("Cannot tell who leads", e);
    }
  }

  /** Until so many schedulers stand for leadership. */
  void awaitCandidates(int count) {
    for (int tries = 0; candidates() < count; tries++) {
      if (tries == 600) {
        throw new FleetException("Only " + candidates() + " schedulers stand for leadership.");
      }
      Pause.of(Duration.ofMillis(100));
    }
  }

  private int candidates() {
    try {
      return curator.getChildren().forPath("/berth/leader").size();
    } catch (Exception e) { // Curator declares Exception.
      throw new FleetException("Cannot count the schedulers", e);
    }
  }

  /** Whether ZooKeeper takes a write of that reign now. */
  boolean accepts(Reign reign) {
    try {
      var _ =
          curator
              .transaction()
              .forOperations(
                  curator
                      .transactionOp()
                      .check()
                      .withVersion(reign.version())
                      .forPath("/berth/epoch"),
                  curator.transactionOp().setData().forPath("/berth/flavors", new byte[0]));
      return true;
    } catch (KeeperException.BadVersionException e) {
      return false;
    } catch (Exception e) { // Curator declares Exception.
      throw new FleetException("Cannot try a stale write", e);
    }
  }

  @Override
  public void close() {
    curator.close();
  }
}
