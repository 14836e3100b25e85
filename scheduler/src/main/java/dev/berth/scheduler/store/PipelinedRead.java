package dev.berth.scheduler.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.zookeeper.AsyncCallback.DataCallback;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.ZooKeeper;
import org.jspecify.annotations.Nullable;

/** Reads many nodes with all requests in flight at once. */
final class PipelinedRead {
  /** A node's bytes; null when there is no such node. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Answer(String path, byte @Nullable [] data) {}

  private PipelinedRead() {}

  /** All children of a node. */
  static List<Answer> children(ZooKeeper client, String parent)
      throws KeeperException, InterruptedException {
    return of(
        client,
        client.getChildren(parent, false).stream().map(name -> parent + "/" + name).toList());
  }

  /** In the order asked for; a {@link KeeperException} is wrapped as a cause. */
  static List<Answer> of(ZooKeeper client, List<String> paths) {
    List<CompletableFuture<Answer>> reads = new ArrayList<>(paths.size());
    for (String path : paths) {
      CompletableFuture<Answer> read = new CompletableFuture<>();
      DataCallback answer = (code, asked, context, data, stat) -> complete(read, code, asked, data);
      client.getData(path, false, answer, null);
      reads.add(read);
    }
    return reads.stream().map(CompletableFuture::join).toList();
  }

  private static void complete(
      CompletableFuture<Answer> read, int code, String path, byte @Nullable [] data) {
    KeeperException.Code outcome = KeeperException.Code.get(code);
    if (outcome == KeeperException.Code.OK || outcome == KeeperException.Code.NONODE) {
      read.complete(new Answer(path, outcome == KeeperException.Code.OK ? data : null));
    } else {
      read.completeExceptionally(KeeperException.create(outcome, path));
    }
  }
}
