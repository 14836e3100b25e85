package dev.berth.scheduler.store;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.zookeeper.AddWatchMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.ZooKeeper;
import org.jspecify.annotations.Nullable;

/**
 * Folders kept like those in ZooKeeper: one recursive watch names the children that changed, and
 * only these are read again. ZooKeeper tells a client of a change before it answers anything that
 * came after it, so once a {@code sync} is answered on the thread of the watch, every earlier
 * change is known. After any trouble with the connection everything is read again, since a watch
 * that was set anew does not tell what it missed.
 */
final class Mirror {
  private final String root;
  private final Map<String, Folder<?>> folders;
  private final Set<String> changed = ConcurrentHashMap.newKeySet();
  private final Watcher watcher = this::happened;
  private @Nullable ZooKeeper watched;
  private volatile boolean broken = true;

  /** All {@code folders} lie right under {@code root}. */
  Mirror(String root, List<Folder<?>> folders) {
    this.root = root;
    this.folders = folders.stream().collect(Collectors.toMap(Folder::path, Function.identity()));
  }

  private void happened(WatchedEvent event) {
    if (event.getType() == Watcher.Event.EventType.None) {
      broken = true;
    } else if (folders.containsKey(parent(event.getPath()))) {
      changed.add(event.getPath());
    }
  }

  private static String parent(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('/')));
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** Brings the folders to what is stored now, or later. */
  void refresh(ZooKeeper client) throws Exception {
    if (!client.equals(watched)) {
      client.addWatch(root, watcher, AddWatchMode.PERSISTENT_RECURSIVE);
      watched = client;
      broken = true;
    }
    awaitWatch(client);
    boolean whole = broken;
    broken = false;
    try {
      if (whole) {
        readAll(client);
      } else {
        readChanged(client);
      }
    } catch (Exception e) {
      broken = true;
      throw e;
    }
  }

  private void awaitWatch(ZooKeeper client) throws Exception {
    CompletableFuture<Integer> answered = new CompletableFuture<>();
    client.sync(root, (code, path, context) -> answered.complete(code), null);
    KeeperException.Code code = KeeperException.Code.get(answered.get());
    if (code != KeeperException.Code.OK) {
      throw KeeperException.create(code, root);
    }
  }

  private void readAll(ZooKeeper client) throws Exception {
    changed.clear();
    for (Folder<?> folder : folders.values()) {
      folder.children().clear();
      for (String name : client.getChildren(folder.path(), false)) {
        changed.add(folder.path() + "/" + name);
      }
    }
    readChanged(client);
  }

  private void readChanged(ZooKeeper client) throws Exception {
    List<String> paths = List.copyOf(changed);
    paths.forEach(changed::remove);
    for (PipelinedRead.Answer answer : PipelinedRead.of(client, paths)) {
      Folder<?> folder = folders.get(parent(answer.path()));
      if (folder != null) {
        folder.put(name(answer.path()), answer.data());
      }
    }
  }

  /** Follows no more and forgets everything; the next refresh reads all of it. */
  void rest() {
    ZooKeeper client = watched;
    if (client != null) {
      watched = null;
      client.removeWatches(
          root, watcher, Watcher.WatcherType.Any, true, (code, path, context) -> {}, null);
      folders.values().forEach(folder -> folder.children().clear());
      changed.clear();
    }
  }
}
