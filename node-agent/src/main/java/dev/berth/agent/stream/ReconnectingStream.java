package dev.berth.agent.stream;

import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A bidirectional stream that is opened again, after a growing pause, each time it ends. */
public final class ReconnectingStream<Q, A> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ReconnectingStream.class);
  private static final long FIRST_PAUSE_MILLIS = 50;
  private static final long LONGEST_PAUSE_MILLIS = 1000;

  private final String name;
  private final StreamProtocol<Q, A> protocol;
  private final ScheduledExecutorService serial;
  private @Nullable ClientCallStreamObserver<Q> call;
  private long pauseMillis = FIRST_PAUSE_MILLIS;
  private long attempt;
  private boolean complained;

  public ReconnectingStream(String name, StreamProtocol<Q, A> protocol) {
    this.name = name;
    this.protocol = protocol;
    this.serial =
        Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name(name).factory());
  }

  public void start() {
    run(this::connect);
  }

  /** Runs on the stream's thread; dropped after close. */
  public void run(Runnable task) {
    try {
      serial.execute(() -> guarded(task));
    } catch (RejectedExecutionException e) {
      LOG.atDebug().log("A task of a closed stream was dropped.");
    }
  }

  /** Runs again and again on the stream's thread. */
  public void every(long nanos, Runnable task) {
    var _ = serial.scheduleWithFixedDelay(() -> guarded(task), nanos, nanos, TimeUnit.NANOSECONDS);
  }

  private void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.atError().addKeyValue("stream", name).setCause(e).log("A stream's work failed.");
      restart("work failed");
    }
  }

  /** Whether a message would go out now rather than wait in memory. */
  public boolean writable() {
    return call != null && call.isReady();
  }

  /** Sends on the present call; without one it does nothing. Only on the stream's thread. */
  public void send(Q message) {
    if (call != null) {
      call.onNext(message);
    }
  }

  /** Gives the present call up and opens another. Only on the stream's thread. */
  public void restart(String why) {
    if (call != null) {
      call.cancel(why, null);
    }
  }

  private void connect() {
    long mine = ++attempt;
    protocol.open(new Answers(mine));
  }

  private void ended(long whose, @Nullable Throwable cause) {
    if (whose != attempt || serial.isShutdown()) {
      return;
    }
    call = null;
    if (!complained) {
      LOG.atWarn()
          .addKeyValue("stream", name)
          .addKeyValue("cause", String.valueOf(cause))
          .log("A stream ended; it is opened again until it stays.");
    }
    complained = true;
    protocol.lost();
    var _ = serial.schedule(() -> guarded(this::connect), pauseMillis, TimeUnit.MILLISECONDS);
    pauseMillis = Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
  }

  private void answered(long whose, A answer) {
    if (whose != attempt) {
      return;
    }
    if (complained) {
      LOG.atInfo().addKeyValue("stream", name).log("A stream is back.");
    }
    complained = false;
    pauseMillis = FIRST_PAUSE_MILLIS;
    protocol.received(answer);
  }

  private final class Answers implements ClientResponseObserver<Q, A> {
    private final long mine;

    Answers(long mine) {
      this.mine = mine;
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<Q> started) {
      call = started;
      started.setOnReadyHandler(
          () ->
              run(
                  () -> {
                    if (mine == attempt) {
                      protocol.ready();
                    }
                  }));
    }

    @Override
    public void onNext(A answer) {
      run(() -> answered(mine, answer));
    }

    @Override
    public void onError(Throwable t) {
      run(() -> ended(mine, t));
    }

    @Override
    public void onCompleted() {
      run(() -> ended(mine, null));
    }
  }

  @Override
  public void close() {
    serial.shutdownNow();
    ClientCallStreamObserver<Q> last = call;
    if (last != null) {
      last.cancel("closing", null);
    }
  }
}
