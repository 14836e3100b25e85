package dev.berth.scheduler.store;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.zookeeper.AsyncCallback.MultiCallback;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.OpResult;
import org.jspecify.annotations.Nullable;

/**
 * Reads what ZooKeeper says to a commit: its first operation checks the term, its second counts.
 */
final class Commits {
  private static final int BAD_VERSION = Code.BADVERSION.intValue();

  private Commits() {}

  static MultiCallback answering(CompletableFuture<Commit> answer) {
    return (code, path, context, results) -> answer.complete(read(code, results));
  }

  /** There are no results when the connection was lost. */
  private static Commit read(int code, @Nullable List<OpResult> results) {
    if (code == Code.OK.intValue()) {
      return new Commit.Durable();
    }
    if (results != null && error(results.get(0)) == BAD_VERSION) {
      return new Commit.StaleEpoch();
    }
    if (results != null && error(results.get(1)) == BAD_VERSION) {
      return new Commit.OutOfOrder();
    }
    return new Commit.Unknown(KeeperException.create(Code.get(code)));
  }

  private static int error(OpResult result) {
    return result instanceof OpResult.ErrorResult error ? error.getErr() : Code.OK.intValue();
  }
}
