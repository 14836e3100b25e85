package dev.berth.operator.placement;

import dev.berth.operator.metrics.OperatorMetrics;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the book up to date: follows the leader's watch stream, and the next leader's after it. */
public final class PlacementWatch implements AutoCloseable, Placements.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(PlacementWatch.class);
  private static final Duration PAUSE = Duration.ofMillis(250);

  private final Placements scheduler;
  private final PlacementBook book;
  private final Runnable onConnected;
  private final OperatorMetrics metrics;
  private final AtomicBoolean open = new AtomicBoolean(true);
  private final Thread thread = Thread.ofVirtual().name("placement-watch").unstarted(this::run);
  private boolean connected = true;

  /** {@code onConnected} runs after each whole list. */
  public PlacementWatch(
      Placements scheduler, PlacementBook book, Runnable onConnected, OperatorMetrics metrics) {
    this.scheduler = scheduler;
    this.book = book;
    this.onConnected = onConnected;
    this.metrics = metrics;
  }

  public void start() {
    thread.start();
  }

  private void run() {
    while (open.get()) {
      follow();
      metrics.schedulerConnected(false);
      try {
        Thread.sleep(PAUSE);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void follow() {
    try {
      scheduler.watch(this);
    } catch (SchedulerUnreachable e) {
      // Said once for each outage, not for each attempt.
      if (connected && open.get()) {
        LOG.atWarn().addKeyValue("error", e.getMessage()).log("No scheduler answers; trying on.");
      }
      connected = false;
    } catch (RuntimeException e) {
      LOG.atError().setCause(e).log("A change of placements could not be handled; listing again.");
    }
  }

  @Override
  public void opened() {
    book.opened();
  }

  @Override
  public void snapshot(List<Placement> all) {
    LOG.atInfo().addKeyValue("placements", all.size()).log("Following the leading scheduler.");
    connected = true;
    metrics.schedulerConnected(true);
    book.snapshot(all);
    onConnected.run();
  }

  @Override
  public void changed(Placement placement) {
    book.changed(placement);
  }

  @Override
  public void gone(PlacementId id) {
    book.gone(id);
  }

  @Override
  public void close() {
    open.set(false);
    thread.interrupt();
  }
}
