package dev.berth.agent.turns.runtime;

import dev.berth.agent.turns.core.TurnEvent;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What happens now and then: deadlines, dead workers, fsync, settlements. */
public final class Housekeeping implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
  private static final Duration DEADLINES = Duration.ofMillis(20);
  private static final Duration WORKERS = Duration.ofMillis(100);
  private static final Duration SYNC = Duration.ofMillis(200);
  private static final Duration SETTLE = Duration.ofSeconds(1);
  private static final Duration RULES = Duration.ofSeconds(5);
  private static final Duration LENT = Duration.ofSeconds(1);

  private final ScheduledExecutorService timer =
      Executors.newScheduledThreadPool(1, Thread.ofPlatform().daemon().name("turns").factory());
  private final ScheduledExecutorService slow =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("turns-slow").factory());

  /** Calls to the scheduler, which may not be there. */
  private final ScheduledExecutorService calls =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("turns-calls").factory());

  /**
   * Starts it all.
   *
   * @param lends whether there are devices that come and go with their owners' wishes
   */
  public static Housekeeping start(TurnEngine engine, QuotaLink quota, boolean lends) {
    Housekeeping all = new Housekeeping();
    if (lends) {
      every(all.slow, LENT, engine::devicesChanged);
    }
    every(all.timer, DEADLINES, () -> engine.handle(new TurnEvent.Tick()));
    every(all.timer, WORKERS, engine::watch);
    every(all.slow, SYNC, engine::sync);
    every(all.calls, SETTLE, () -> quota.settle(engine));
    every(all.calls, RULES, () -> quota.refresh(engine));
    all.calls.execute(() -> quota.refresh(engine));
    return all;
  }

  private Housekeeping() {}

  private static void every(ScheduledExecutorService on, Duration period, Runnable work) {
    Runnable guarded =
        () -> {
          try {
            work.run();
          } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("Housekeeping of turns failed; it is tried again.");
          }
        };
    long nanos = period.toNanos();
    var _ = on.scheduleWithFixedDelay(guarded, nanos, nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public void close() {
    timer.shutdownNow();
    slow.shutdownNow();
    calls.shutdownNow();
  }
}
