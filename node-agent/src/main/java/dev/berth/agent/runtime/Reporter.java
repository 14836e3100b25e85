package dev.berth.agent.runtime;

import dev.berth.agent.core.AgentState;
import dev.berth.agent.core.Decision;
import dev.berth.agent.core.Event;
import dev.berth.agent.core.Moment;
import dev.berth.agent.core.Reports;
import dev.berth.agent.core.Reports.Metered;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts reports and checkpoints into the journal when they are due; edges at once. */
public final class Reporter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Reporter.class);
  private static final Duration TICK = Duration.ofMillis(100);
  private static final Duration CHECKPOINT = Duration.ofSeconds(5);

  private final AgentLedger ledger;
  private final Supplier<Map<String, Metered>> metered;
  private final Duration interval;
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("reporter").factory());
  private long lastCheckpoint;

  public Reporter(AgentLedger ledger, Supplier<Map<String, Metered>> metered, Duration interval) {
    this.ledger = ledger;
    this.metered = metered;
    this.interval = interval;
    this.lastCheckpoint = ledger.now().time().at();
  }

  public void start() {
    ledger.onChange(this::onChange);
    long tick = TICK.toNanos();
    var _ = executor.scheduleWithFixedDelay(this::tick, tick, tick, TimeUnit.NANOSECONDS);
  }

  private void onChange(AgentState state) {
    if (state.edge() && !executor.isShutdown()) {
      executor.execute(this::tick);
    }
  }

  private void tick() {
    try {
      if (ledger.decide(this::report)) {
        return;
      }
      checkpoint();
    } catch (RuntimeException e) {
      LOG.atError().setCause(e).log("A report could not be recorded.");
    }
  }

  private Decision<Boolean> report(AgentState s) {
    Moment now = new Moment(s.time().at() - s.time().offset(), s.time().unix());
    if (!Reports.due(s, now, interval.toNanos())) {
      return new Decision<>(List.of(), false);
    }
    lastCheckpoint = s.time().at();
    return new Decision<>(List.of(new Event.ReportEmitted(Reports.next(s, metered.get()))), true);
  }

  private void checkpoint() {
    long at = ledger.now().time().at();
    if (at - lastCheckpoint >= CHECKPOINT.toNanos()) {
      lastCheckpoint = at;
      ledger.record(new Event.Checkpoint());
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
