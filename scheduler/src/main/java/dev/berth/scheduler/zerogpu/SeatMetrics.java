package dev.berth.scheduler.zerogpu;

import dev.berth.collect.OrderedMap;
import dev.berth.turns.seats.SeatAdvice;
import dev.berth.turns.seats.SeatAdvice.Change;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Seats advised, and what became of advice; told in the log as well. */
public final class SeatMetrics implements SeatObserver {
  private static final Logger LOG = LoggerFactory.getLogger(SeatMetrics.class);
  private final Counter changes;
  private final Gauge spaces;
  private final Gauge seats;

  public SeatMetrics(PrometheusRegistry registry) {
    changes =
        Counter.builder()
            .name("berth_scheduler_seat_advice_total")
            .help("Changes of seats that were advised: adding, draining, dropping, moving.")
            .labelNames("change")
            .register(registry);
    spaces =
        Gauge.builder()
            .name("berth_scheduler_seat_spaces")
            .help("ZeroGPU Spaces that have placements.")
            .register(registry);
    seats =
        Gauge.builder()
            .name("berth_scheduler_seats_advised")
            .help("Seats that ZeroGPU Spaces should have, together.")
            .register(registry);
  }

  @Override
  public void advised(OrderedMap<String, SeatAdvice> before, OrderedMap<String, SeatAdvice> after) {
    spaces.set(after.size());
    seats.set(after.values().stream().mapToInt(a -> a.slots().size()).sum());
    after.forEach(
        (owner, advice) -> {
          @Nullable SeatAdvice former = before.get(owner);
          if (former == null || !former.change().equals(advice.change())) {
            tell(owner, advice);
          }
        });
  }

  private void tell(String owner, SeatAdvice advice) {
    String change =
        switch (advice.change()) {
          case Change.None none -> "";
          case Change.Adding adding -> "adding";
          case Change.Draining draining -> "draining";
          case Change.Dropping dropping -> "dropping";
          case Change.Moving moving -> "moving";
        };
    if (!change.isEmpty()) {
      changes.labelValues(change).inc();
      LOG.atInfo()
          .addKeyValue("owner", owner)
          .addKeyValue("change", advice.change())
          .addKeyValue("slots", advice.slots())
          .log("A ZeroGPU Space should have other seats.");
    }
  }
}
