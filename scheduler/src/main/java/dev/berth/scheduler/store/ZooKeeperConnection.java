package dev.berth.scheduler.store;

import dev.berth.scheduler.config.SchedulerConfig;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryOneTime;
import org.apache.zookeeper.client.ZKClientConfig;

/** How this process talks to ZooKeeper. */
public final class ZooKeeperConnection {
  private static final String MAX_ANSWER_BYTES = Integer.toString(64 << 20);

  private ZooKeeperConnection() {}

  /**
   * A started client. It hardly retries: a leader that cannot reach ZooKeeper steps down, which is
   * better than waiting. Lists of many children need more than the standard answer size.
   */
  public static CuratorFramework open(SchedulerConfig.ZooKeeper config) {
    ZKClientConfig client = new ZKClientConfig();
    client.setProperty(ZKClientConfig.JUTE_MAXBUFFER, MAX_ANSWER_BYTES);
    CuratorFramework curator =
        CuratorFrameworkFactory.builder()
            .connectString(config.connect())
            .sessionTimeoutMs(config.sessionTimeoutMillis())
            .connectionTimeoutMs(config.sessionTimeoutMillis())
            .retryPolicy(new RetryOneTime(100))
            .zkClientConfig(client)
            .build();
    curator.start();
    return curator;
  }
}
