package dev.berth.e2e.bench.durable;

import dev.berth.api.scheduler.v1.PlaceRequest;
import dev.berth.api.scheduler.v1.PlaceResponse;
import dev.berth.api.scheduler.v1.SchedulerGrpc;
import dev.berth.e2e.FleetException;
import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Asks for placements, the next one as soon as one of those in flight is answered. */
final class Pipelined {
  /** {@code nanos}: from call to answer, one an answer. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Result(long elapsed, long[] nanos, int placed) {}

  private final SchedulerGrpc.SchedulerStub scheduler;
  private final Semaphore free;
  private final long[] nanos;
  private final AtomicInteger placed = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();
  private final AtomicReference<Throwable> why = new AtomicReference<>();

  private Pipelined(ManagedChannel channel, int count, int inFlight) {
    this.scheduler = SchedulerGrpc.newStub(channel).withExecutor(Runnable::run);
    this.free = new Semaphore(inFlight);
    this.nanos = new long[count];
  }

  static Result run(ManagedChannel channel, Requests requests, int count, int inFlight) {
    return new Pipelined(channel, count, inFlight).run(requests, inFlight);
  }

  private Result run(Requests requests, int inFlight) {
    long started = System.nanoTime();
    for (int i = 0; i < nanos.length; i++) {
      free.acquireUninterruptibly();
      ask(requests.next(), i);
    }
    free.acquireUninterruptibly(inFlight);
    long elapsed = System.nanoTime() - started;
    if (failed.get() > 0) {
      throw new FleetException(
          failed + " of " + nanos.length + " calls failed, the first by " + why.get());
    }
    return new Result(elapsed, nanos, placed.get());
  }

  private void ask(PlaceRequest request, int number) {
    long sent = System.nanoTime();
    scheduler.place(
        request,
        new StreamObserver<>() {
          @Override
          public void onNext(PlaceResponse answer) {
            nanos[number] = System.nanoTime() - sent;
            if (answer.hasPlaced()) {
              placed.incrementAndGet();
            }
          }

          @Override
          public void onError(Throwable thrown) {
            failed.incrementAndGet();
            why.compareAndSet(null, thrown);
            free.release();
          }

          @Override
          public void onCompleted() {
            free.release();
          }
        });
  }
}
