package dev.berth.scheduler.store;

import dev.berth.turns.quota.QuotaEffect;
import dev.berth.turns.quota.VisitorQuota;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.curator.framework.CuratorFramework;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.OpResult;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.Stat;

/**
 * ZeroGPU quotas in ZooKeeper: one node a visitor under {@code turns/quota}. A commit checks the
 * epoch node, as placements do, and a fence of its own, which each tenure raises: so a write that
 * was under way when a connection broke cannot arrive after the next tenure has read.
 */
public final class ZooKeeperQuotaStore implements QuotaStore {
  /** A server takes requests of less than a megabyte. */
  private static final int BYTES_OF_COMMIT = 600_000;

  private static final int WRITES_OF_COMMIT = 500;
  private final CuratorFramework curator;
  private final String epochPath;
  private final String fencePath;
  private final String visitors;

  public ZooKeeperQuotaStore(CuratorFramework curator, String root) {
    this.curator = curator;
    this.epochPath = new ZooKeeperLayout(root).epoch();
    this.fencePath = root + "/turns/fence";
    this.visitors = root + "/turns/quota";
  }

  @Override
  public Tenure begin(long epoch) {
    try {
      ensure(fencePath);
      ensure(visitors);
      ZooKeeper client = curator.getZookeeperClient().getZooKeeper();
      Stat term = new Stat();
      long found = number(client.getData(epochPath, false, term));
      if (found != epoch) {
        throw new NotTheTermException(epoch, found);
      }
      return load(client, term.getVersion(), fence(client, term.getVersion(), epoch));
    } catch (NotTheTermException e) {
      throw e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException("Interrupted while reading " + visitors, e);
    } catch (Exception e) { // Curator declares Exception.
      throw new StoreException("Could not read " + visitors + ": " + e, e);
    }
  }

  /** The version of the fence from now on. */
  private int fence(ZooKeeper client, int term, long epoch) throws Exception {
    byte[] data = Long.toString(epoch).getBytes(StandardCharsets.US_ASCII);
    List<OpResult> results =
        client.multi(List.of(Op.check(epochPath, term), Op.setData(fencePath, data, -1)));
    return ((OpResult.SetDataResult) results.get(1)).getStat().getVersion();
  }

  private Tenure load(ZooKeeper client, int term, int fence) throws Exception {
    List<VisitorQuota> saved = new ArrayList<>();
    Set<String> existing = new HashSet<>();
    for (PipelinedRead.Answer child : PipelinedRead.children(client, visitors)) {
      if (child.data() != null) {
        existing.add(child.path());
        saved.add(StoredQuota.read(child.data()));
      }
    }
    return new ZooKeeperTenure(term, fence, saved, existing);
  }

  private void ensure(String path) throws Exception {
    if (curator.checkExists().forPath(path) == null) {
      try {
        curator.create().creatingParentsIfNeeded().forPath(path, new byte[0]);
      } catch (KeeperException.NodeExistsException e) {
        return; // Another scheduler was faster.
      }
    }
  }

  private static long number(byte[] data) {
    return data.length == 0 ? 0 : Long.parseLong(new String(data, StandardCharsets.US_ASCII));
  }

  /** Used by one thread. */
  private final class ZooKeeperTenure implements Tenure {
    private final int term;
    private final int fence;
    private final List<VisitorQuota> saved;

    /** Nodes that are there: nobody else writes, so create is told from update. */
    private final Set<String> existing;

    ZooKeeperTenure(int term, int fence, List<VisitorQuota> saved, Set<String> existing) {
      this.term = term;
      this.fence = fence;
      this.saved = saved;
      this.existing = existing;
    }

    @Override
    public Collection<VisitorQuota> saved() {
      return saved;
    }

    @Override
    public Commit commit(Collection<QuotaEffect.Write> writes) {
      Batch batch = new Batch();
      for (QuotaEffect.Write write : writes) {
        if (batch.isFull()) {
          Commit commit = batch.commit();
          if (!(commit instanceof Commit.Durable)) {
            return commit;
          }
          batch = new Batch();
        }
        batch.add(write);
      }
      return batch.commit();
    }

    private final class Batch {
      private final List<Op> ops =
          new ArrayList<>(List.of(Op.check(epochPath, term), Op.check(fencePath, fence)));
      private final Set<String> added = new HashSet<>();
      private final Set<String> removed = new HashSet<>();
      private int bytes;

      void add(QuotaEffect.Write write) {
        String path = visitors + "/" + ZooKeeperLayout.encode(write.visitor());
        switch (write) {
          case QuotaEffect.Saved(VisitorQuota quota) -> save(path, StoredQuota.write(quota));
          case QuotaEffect.Removed(String visitor) -> remove(path);
        }
      }

      private void save(String path, byte[] data) {
        bytes += data.length;
        if (existing.contains(path)) {
          ops.add(Op.setData(path, data, -1));
        } else {
          ops.add(Op.create(path, data, ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT));
          added.add(path);
        }
      }

      private void remove(String path) {
        if (existing.contains(path)) {
          ops.add(Op.delete(path, -1));
          removed.add(path);
        }
      }

      boolean isFull() {
        return bytes > BYTES_OF_COMMIT || ops.size() > WRITES_OF_COMMIT;
      }

      Commit commit() {
        try {
          curator.getZookeeperClient().getZooKeeper().multi(ops);
        } catch (KeeperException.BadVersionException e) {
          return new Commit.StaleEpoch();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return new Commit.Unknown(e);
        } catch (Exception e) { // Curator declares Exception.
          return new Commit.Unknown(e);
        }
        existing.addAll(added);
        existing.removeAll(removed);
        return new Commit.Durable();
      }
    }
  }
}
