package dev.berth.e2e.bench.durable;

import dev.berth.api.scheduler.v1.PlaceRequest;
import dev.berth.api.scheduler.v1.PlaceResponse;
import dev.berth.api.scheduler.v1.SchedulerGrpc;
import dev.berth.e2e.FleetException;
import dev.berth.e2e.process.Pause;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Threads that ask for small placements all the time and remember what was acknowledged. */
final class Asking implements AutoCloseable {
  /** Times in nanoseconds of this process. */
  record Acknowledged(String id, long epoch, long sent, long answered) {}

  private static final Duration PAUSE = Duration.ofMillis(5);
  private static final Duration DEADLINE = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ManagedChannel channel;
  private final Requests requests = new Requests();
  private final List<Acknowledged> acknowledged = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean stopped;

  Asking(ManagedChannel channel, int inFlight) {
    this.channel = channel;
    for (int i = 0; i < inFlight; i++) {
      threads.add(Thread.ofPlatform().daemon().start(this::ask));
    }
  }

  private void ask() {
    while (!stopped) {
      ask(requests.next());
      Pause.of(PAUSE);
    }
  }

  private void ask(PlaceRequest request) {
    long sent = System.nanoTime();
    try {
      PlaceResponse answer =
          SchedulerGrpc.newBlockingStub(channel).withDeadlineAfter(DEADLINE).place(request);
      if (answer.hasPlaced()) {
        long epoch = answer.getPlaced().getEpoch();
        add(new Acknowledged(request.getPlacementId(), epoch, sent, System.nanoTime()));
      }
    } catch (StatusRuntimeException e) {
      // Not acknowledged: nothing may rely on it.
    }
  }

  private synchronized void add(Acknowledged one) {
    acknowledged.add(one);
    notifyAll();
  }

  synchronized List<Acknowledged> acknowledged() {
    return List.copyOf(acknowledged);
  }

  /** Until so many are acknowledged. */
  void await(int count) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (acknowledged().size() < count) {
      patient(end);
    }
  }

  /** When the first that was asked for after {@code since} was answered. */
  long firstAskedAfter(long since) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (last() == null || last().sent() < since) {
      patient(end);
    }
    return acknowledged().stream()
        .filter(one -> one.sent() >= since)
        .mapToLong(Acknowledged::answered)
        .min()
        .orElseThrow();
  }

  private synchronized Acknowledged last() {
    return acknowledged.getLast();
  }

  private static void patient(long end) {
    if (System.nanoTime() > end) {
      throw new FleetException("Nothing was placed for " + PATIENCE.toSeconds() + " s.");
    }
    Pause.of(Duration.ofMillis(2));
  }

  /** Acknowledged by an older leader though asked after a newer one had answered. */
  int stale() {
    int stale = 0;
    long newest = 0;
    long newestAnswered = Long.MAX_VALUE;
    for (Acknowledged one : acknowledged()) {
      if (one.epoch() > newest) {
        newest = one.epoch();
        newestAnswered = one.answered();
      } else if (one.epoch() < newest && one.sent() > newestAnswered) {
        stale++;
      }
    }
    return stale;
  }

  void stop() {
    stopped = true;
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void close() {
    stopped = true;
  }
}
