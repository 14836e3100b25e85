package dev.berth.scheduler.store;

import dev.berth.scheduler.core.Effect;
import dev.berth.scheduler.core.model.Flavor;
import dev.berth.scheduler.core.model.Inventory;
import dev.berth.scheduler.core.model.Placement;
import dev.berth.scheduler.core.quota.Past;
import dev.berth.scheduler.core.quota.Quotas;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.apache.curator.framework.CuratorFramework;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.OpResult;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.Stat;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Placements in ZooKeeper. A commit is one {@code multi} that checks the version of the epoch node,
 * which each new leader raises before it reads: what an older leader sends afterwards is refused
 * whole, and what it got through before is read: only what changed since a standby followed last,
 * by a {@link Mirror}. It also counts: a commit that overtakes a lost one of its term, on a
 * connection that was made anew, is refused too.
 */
public final class ZooKeeperPlacementStore implements PlacementStore {
  private static final Logger LOG = LoggerFactory.getLogger(ZooKeeperPlacementStore.class);
  private final CuratorFramework curator;
  private final ZooKeeperLayout layout;
  private final Folder<Inventory> nodes;
  private final Folder<Placement> placements;
  private final Folder<Boolean> ready;
  private final Folder<Past> history;
  private final Folder<Long> spared;
  private final Mirror mirror;

  /**
   * Paths that exist once all commits on their way are durable; the leader is the only writer, so
   * it knows create from update.
   */
  private final Set<String> existing = new HashSet<>();

  private @Nullable Term begun;

  public ZooKeeperPlacementStore(CuratorFramework curator, String root) {
    this.curator = curator;
    this.layout = new ZooKeeperLayout(root);
    this.nodes = new Folder<>(layout.nodes(), StoredBytes::inventory);
    this.placements = new Folder<>(layout.placements(), StoredBytes::placement);
    this.ready = new Folder<>(layout.ready(), data -> true);
    this.history = new Folder<>(layout.history(), StoredBytes::past);
    this.spared = new Folder<>(layout.spared(), ZooKeeperPlacementStore::number);
    this.mirror = new Mirror(root, List.of(nodes, placements, ready, history, spared));
    known();
  }

  private void known() {
    existing.clear();
    existing.add(layout.flavors());
    existing.add(layout.quotas());
    for (Folder<?> folder : List.of(nodes, placements, ready, history, spared)) {
      folder.children().keySet().forEach(name -> existing.add(folder.path() + "/" + name));
    }
  }

  @Override
  public synchronized Term begin(long atLeast) {
    return reading(
        "begin a term at " + layout.epoch(),
        client -> {
          ensureRoots();
          Stat stat = new Stat();
          long before = number(client.getData(layout.epoch(), false, stat));
          long epoch = Math.max(before + 1, atLeast);
          byte[] data = Long.toString(epoch).getBytes(StandardCharsets.US_ASCII);
          int fence = raise(client, data, stat.getVersion());
          Term term = new Term(epoch, fence);
          begun = term;
          return term;
        });
  }

  /** Raises the epoch and counts commits from 0, both or neither; answers the new version. */
  private int raise(ZooKeeper client, byte[] epoch, int version) throws Exception {
    List<OpResult> results =
        client.multi(
            List.of(
                Op.setData(layout.epoch(), epoch, version),
                Op.delete(layout.commits(), -1),
                create(layout.commits(), new byte[0])));
    return ((OpResult.SetDataResult) results.getFirst()).getStat().getVersion();
  }

  @Override
  public synchronized Contents load() {
    return reading("read the placements under " + layout.root(), this::loadAll);
  }

  @Override
  public synchronized void follow() {
    reading(
        "follow what is under " + layout.root(),
        client -> {
          ensureRoots();
          mirror.refresh(client);
          return true;
        });
  }

  private Contents loadAll(ZooKeeper client) throws Exception {
    ensureRoots();
    mirror.refresh(client);
    List<Flavor> flavors = StoredBytes.flavors(client.getData(layout.flavors(), false, null));
    Quotas quotas = StoredBytes.quotas(client.getData(layout.quotas(), false, null));
    known();
    return new Contents(
        named(nodes, ZooKeeperLayout::decode),
        List.copyOf(placements.children().values()),
        flavors,
        quotas,
        named(history, ZooKeeperLayout::pastKey),
        named(spared, ZooKeeperLayout::decode),
        named(ready, ZooKeeperLayout::decode).keySet());
  }

  private static <K, T> Map<K, T> named(Folder<T> folder, Function<String, K> name) {
    Map<K, T> named = new HashMap<>();
    folder.children().forEach((child, value) -> named.put(name.apply(child), value));
    return named;
  }

  @Override
  public synchronized CompletableFuture<Commit> commit(
      Term term, long number, List<Effect.Write> writes) {
    if (!term.equals(begun)) {
      return CompletableFuture.completedFuture(new Commit.StaleEpoch());
    }
    mirror.rest(); // A leader knows what it writes.
    CompletableFuture<Commit> answer = new CompletableFuture<>();
    try {
      List<Op> ops = ops(term, Math.toIntExact(number), writes);
      curator.getZookeeperClient().getZooKeeper().multi(ops, Commits.answering(answer), null);
    } catch (Exception e) { // Curator declares Exception.
      answer.complete(new Commit.Unknown(e));
    }
    return answer;
  }

  private List<Op> ops(Term term, int number, List<Effect.Write> writes) {
    Map<String, byte @Nullable []> last = new LinkedHashMap<>();
    writes.forEach(write -> collect(write, last));
    List<Op> ops = new ArrayList<>();
    ops.add(Op.check(layout.epoch(), term.fence()));
    ops.add(Op.setData(layout.commits(), new byte[0], number - 1));
    last.forEach((path, data) -> addOp(path, data, ops));
    return ops;
  }

  private void collect(Effect.Write write, Map<String, byte @Nullable []> last) {
    switch (write) {
      case Effect.PlacementSaved saved ->
          last.put(layout.placement(saved.placement().id()), StoredBytes.of(saved.placement()));
      case Effect.PlacementRemoved removed -> last.put(layout.placement(removed.last().id()), null);
      case Effect.NodeSaved saved ->
          last.put(layout.node(saved.node()), StoredBytes.of(saved.inventory()));
      case Effect.NodeBecameReady node -> last.put(layout.ready(node.node()), new byte[0]);
      case Effect.NodeBecameLost node -> last.put(layout.ready(node.node()), null);
      case Effect.FlavorsSaved saved -> last.put(layout.flavors(), StoredBytes.of(saved.flavors()));
      case Effect.QuotasSaved saved -> last.put(layout.quotas(), StoredBytes.of(saved.quotas()));
      case Effect.PastSaved saved ->
          last.put(layout.past(saved.key()), StoredBytes.of(saved.past()));
      case Effect.OwnerSpared owner ->
          last.put(layout.spared(owner.owner()), StoredBytes.of(owner.atNanos()));
      case Effect.OwnerNotSpared owner -> last.put(layout.spared(owner.owner()), null);
    }
  }

  private void addOp(String path, byte @Nullable [] data, List<Op> ops) {
    if (data == null) {
      if (existing.remove(path)) {
        ops.add(Op.delete(path, -1));
      }
    } else {
      ops.add(existing.add(path) ? create(path, data) : Op.setData(path, data, -1));
    }
  }

  private static Op create(String path, byte[] data) {
    return Op.create(path, data, ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
  }

  private void ensureRoots() throws Exception {
    for (String path :
        List.of(
            layout.epoch(),
            layout.commits(),
            layout.placements(),
            layout.nodes(),
            layout.ready(),
            layout.flavors(),
            layout.quotas(),
            layout.history(),
            layout.spared())) {
      if (curator.checkExists().forPath(path) == null) {
        createRoot(path);
      }
    }
  }

  private void createRoot(String path) throws Exception {
    try {
      curator.create().creatingParentsIfNeeded().forPath(path, new byte[0]);
    } catch (KeeperException.NodeExistsException e) {
      LOG.atDebug().addKeyValue("path", path).log("Another scheduler was faster.");
    }
  }

  private static long number(byte[] data) {
    String text = new String(data, StandardCharsets.US_ASCII);
    return text.isEmpty() ? 0 : Long.parseLong(text);
  }

  private interface Reading<T> {
    T from(ZooKeeper client) throws Exception;
  }

  private <T> T reading(String what, Reading<T> reading) {
    try {
      return reading.from(curator.getZookeeperClient().getZooKeeper());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException("Interrupted while trying to " + what, e);
    } catch (Exception e) { // Curator declares Exception.
      throw new StoreException("Could not " + what + ": " + e, e);
    }
  }
}
