package dev.berth.scheduler.rpc;

import dev.berth.scheduler.core.Scheduler;
import dev.berth.scheduler.core.State;
import dev.berth.scheduler.core.queue.Positions;
import dev.berth.scheduler.leadership.ActiveTerm;
import dev.berth.scheduler.snapshot.Snapshot;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Reads that compute for long, on a thread of their own and over a snapshot, so they take nothing
 * from the deciding thread nor from the threads that serve calls. One at a time; few may wait.
 */
public final class Analyses implements AutoCloseable {
  private static final int MAX_WAITING = 16;

  /** What is asked of the leader's state as it was when the call came. */
  interface Question<R> {
    R of(Scheduler scheduler, State state, long now);
  }

  private final ActiveTerm active;
  private final Scheduler scheduler;
  private final LongSupplier clock;
  private final ThreadPoolExecutor thread =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(MAX_WAITING),
          Thread.ofPlatform().name("analyses").daemon().priority(Thread.MIN_PRIORITY).factory());

  public Analyses(ActiveTerm active, Scheduler scheduler, LongSupplier clock) {
    this.active = active;
    this.scheduler = scheduler;
    this.clock = clock;
  }

  /** The last durable state of the term led, or NotLeaderException. */
  State state() {
    return active.leading().state();
  }

  long now() {
    return clock.getAsLong();
  }

  Snapshot snapshot() {
    return Snapshot.of(scheduler, state(), now());
  }

  Positions positions() {
    return scheduler.positions(now());
  }

  <R> void answer(StreamObserver<R> observer, Question<R> question) {
    try {
      State state = state();
      thread.execute(() -> answer(observer, question, state));
    } catch (RejectedExecutionException e) {
      observer.onError(Refusals.busy());
    } catch (RuntimeException e) {
      observer.onError(Refusals.from(e));
    }
  }

  private <R> void answer(StreamObserver<R> observer, Question<R> question, State state) {
    try {
      observer.onNext(question.of(scheduler, state, now()));
      observer.onCompleted();
    } catch (RuntimeException e) {
      observer.onError(Refusals.from(e));
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
