package dev.berth.scheduler.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.zookeeper.AsyncCallback.DataCallback;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.ZooKeeper;

/** Reads all children of a node with all requests in flight at once. */
final class PipelinedRead {
  /** A child's name and bytes. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Child(String name, byte[] data) {}

  private PipelinedRead() {}

  static List<Child> children(ZooKeeper client, String parent)
      throws KeeperException, InterruptedException {
    List<String> names = client.getChildren(parent, false);
    List<CompletableFuture<Child>> reads = new ArrayList<>(names.size());
    for (String name : names) {
      CompletableFuture<Child> read = new CompletableFuture<>();
      DataCallback answer =
          (code, path, context, data, stat) -> {
            if (code == KeeperException.Code.OK.intValue()) {
              read.complete(new Child(name, data));
            } else {
              KeeperException.Code why = KeeperException.Code.get(code);
              read.completeExceptionally(KeeperException.create(why, path));
            }
          };
      client.getData(parent + "/" + name, false, answer, null);
      reads.add(read);
    }
    return reads.stream().map(CompletableFuture::join).toList();
  }
}
