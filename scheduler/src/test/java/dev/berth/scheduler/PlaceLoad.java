package dev.berth.scheduler;

import dev.berth.api.scheduler.v1.PlaceRequest;
import dev.berth.api.scheduler.v1.SchedulerGrpc;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Asks one scheduler for small placements all the time and remembers each that it acknowledged. */
final class PlaceLoad implements AutoCloseable {
  /** {@code by}: the scheduler that answered; times in nanoseconds of this process. */
  record Acknowledged(String id, String by, long epoch, long sent, long answered) {}

  private static final int IN_FLIGHT = 4;
  private static final int DEADLINE_SECONDS = 20;
  private final List<Acknowledged> acknowledged = new CopyOnWriteArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final String by;
  private final SchedulerGrpc.SchedulerBlockingStub scheduler;
  private volatile boolean stopped;

  /** {@code run}: begins the ids, so that two loads never ask for the same. */
  PlaceLoad(String by, String run, Channel channel) {
    this.by = by;
    this.scheduler = SchedulerGrpc.newBlockingStub(channel);
    for (int i = 0; i < IN_FLIGHT; i++) {
      String ids = "space/acme/%s-%s-%d-".formatted(run, by, i);
      threads.add(Thread.ofVirtual().start(() -> askUntilStopped(ids)));
    }
  }

  private void askUntilStopped(String ids) {
    for (int n = 0; !stopped; n++) {
      ask(Messages.small(ids + n));
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  private void ask(PlaceRequest request) {
    long sent = System.nanoTime();
    try {
      var answer = scheduler.withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS).place(request);
      if (answer.hasPlaced()) {
        acknowledged.add(
            new Acknowledged(
                request.getPlacementId(),
                by,
                answer.getPlaced().getEpoch(),
                sent,
                System.nanoTime()));
      }
    } catch (StatusRuntimeException e) {
      // Not acknowledged: the caller may not rely on anything.
    }
  }

  List<Acknowledged> acknowledged() {
    return List.copyOf(acknowledged);
  }

  long highestEpoch() {
    return acknowledged.stream().mapToLong(Acknowledged::epoch).max().orElse(0);
  }

  @Override
  public void close() throws InterruptedException {
    stopped = true;
    for (var thread : threads) {
      thread.join();
    }
  }
}
