package dev.berth.scheduler.rpc;

import dev.berth.api.common.v1.ReasonCode;
import dev.berth.api.scheduler.v1.PlacementEvent;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * One Watch call. The initial list always goes out; after it at most {@link #BOUND} changes wait,
 * then the consumer is too slow and the call ends, so that it can start over from a fresh list.
 */
final class Subscriber {
  static final int BOUND = 4096;

  private final ServerCallStreamObserver<PlacementEvent> call;
  private final String prefix;
  private final Deque<PlacementEvent> queue = new ArrayDeque<>();
  private int snapshotLeft;
  private boolean ended;

  Subscriber(ServerCallStreamObserver<PlacementEvent> call, String prefix) {
    this.call = call;
    this.prefix = prefix;
  }

  boolean wants(String id) {
    return id.startsWith(prefix);
  }

  /** False once the call has ended. */
  boolean offer(PlacementEvent event) {
    synchronized (this) {
      if (event.getSnapshot() || event.getSnapshotEnd()) {
        snapshotLeft++;
      }
      if (!ended) {
        queue.add(event);
      }
    }
    return drain();
  }

  /** Sends what the transport takes now; false once the call has ended. */
  synchronized boolean drain() {
    while (!ended && call.isReady() && !queue.isEmpty()) {
      PlacementEvent event = queue.remove();
      snapshotLeft -= event.getSnapshot() || event.getSnapshotEnd() ? 1 : 0;
      call.onNext(event);
    }
    if (queue.size() - snapshotLeft > BOUND) {
      end(
          Refusals.of(
              Status.RESOURCE_EXHAUSTED,
              ReasonCode.REASON_CODE_UNSPECIFIED,
              "Watch fell " + BOUND + " changes behind; read faster, and call Watch again."));
    }
    return !ended;
  }

  synchronized void end(Throwable why) {
    if (!ended) {
      ended = true;
      queue.clear();
      if (!call.isCancelled()) {
        call.onError(why);
      }
    }
  }
}
