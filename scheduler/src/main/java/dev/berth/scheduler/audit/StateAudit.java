package dev.berth.scheduler.audit;

import dev.berth.scheduler.core.State;
import dev.berth.scheduler.core.audit.Discrepancy;
import dev.berth.scheduler.core.audit.Recompute;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the leader's state anew at times, on a thread of its own over a snapshot, and tells what
 * differs by metric and log. It repairs nothing: a difference is a bug to be looked at.
 */
public final class StateAudit implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StateAudit.class);
  private final Supplier<@Nullable State> leader;
  private final Gauge discrepancies;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("state-audit").daemon().priority(Thread.MIN_PRIORITY).factory());

  /** {@code leader} gives the present state, null when this process does not lead. */
  public StateAudit(Supplier<@Nullable State> leader, PrometheusRegistry registry) {
    this.leader = leader;
    this.discrepancies =
        Gauge.builder()
            .name("berth_scheduler_state_discrepancies")
            .help("What the last count of the leader's state found wrong, by kind.")
            .labelNames("kind")
            .register(registry);
    publish(List.of());
  }

  public void start(long intervalNanos) {
    var _ =
        thread.scheduleWithFixedDelay(
            this::run, intervalNanos, intervalNanos, TimeUnit.NANOSECONDS);
  }

  /** One count, now; a standby has nothing to count. */
  void run() {
    try {
      State state = leader.get();
      publish(state == null ? List.of() : Recompute.check(state));
    } catch (RuntimeException e) {
      LOG.atError().setCause(e).log("The state could not be counted.");
    }
  }

  private void publish(List<Discrepancy> found) {
    Map<Discrepancy.Kind, Integer> counts = new EnumMap<>(Discrepancy.Kind.class);
    found.forEach(discrepancy -> counts.merge(discrepancy.kind(), 1, Integer::sum));
    for (Discrepancy.Kind kind : Discrepancy.Kind.values()) {
      discrepancies.labelValues(kind.name()).set(counts.getOrDefault(kind, 0));
    }
    if (!found.isEmpty()) {
      LOG.atError()
          .addKeyValue("discrepancies", found.size())
          .addKeyValue("first", found.getFirst().sentence())
          .log("The state is not what its placements imply.");
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
