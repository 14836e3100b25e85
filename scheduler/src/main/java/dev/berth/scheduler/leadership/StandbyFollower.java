package dev.berth.scheduler.leadership;

import dev.berth.scheduler.store.PlacementStore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.curator.framework.CuratorFramework;
import org.apache.zookeeper.AddWatchMode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a standby warm: it watches everything under the root and reads the store again after
 * changes, so that connection, code and caches are ready, and a store that it cannot read is
 * noticed before it has to lead. A new leader still reads once more under its own epoch.
 */
final class StandbyFollower {
  private static final Logger LOG = LoggerFactory.getLogger(StandbyFollower.class);
  private final CuratorFramework curator;
  private final String root;
  private final PlacementStore store;
  private final AtomicBoolean changed = new AtomicBoolean(true);

  StandbyFollower(CuratorFramework curator, String root, PlacementStore store) {
    this.curator = curator;
    this.root = root;
    this.store = store;
  }

  void start() {
    curator
        .getConnectionStateListenable()
        .addListener(
            (client, connection) -> {
              if (connection.isConnected()) {
                changed.set(true);
                watch();
              }
            });
    watch();
  }

  private void watch() {
    try {
      curator
          .watchers()
          .add()
          .withMode(AddWatchMode.PERSISTENT_RECURSIVE)
          .inBackground()
          .usingWatcher((org.apache.zookeeper.Watcher) event -> changed.set(true))
          .forPath(root);
    } catch (Exception e) { // Curator declares Exception.
      LOG.atDebug().setCause(e).log("No watch yet; one is set when connected.");
    }
  }

  /** Reads the store if it changed since the last time. */
  void catchUp() {
    if (!curator.getZookeeperClient().isConnected() || !changed.getAndSet(false)) {
      return;
    }
    try {
      store.load().restore(0);
    } catch (RuntimeException e) {
      changed.set(true);
      LOG.atWarn().setCause(e).log("A standby could not read the store.");
    }
  }
}
