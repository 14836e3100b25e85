package dev.berth.operator.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;

/** What the operator counts. */
public final class OperatorMetrics {
  private final Histogram reconcile;
  private final Histogram start;
  private final Counter calls;
  private final Counter changes;
  private final Counter orphans;
  private final Gauge connected;
  private final Gauge workloads;

  public OperatorMetrics(PrometheusRegistry registry) {
    reconcile =
        Histogram.builder()
            .name("berth_operator_reconcile_seconds")
            .help("Duration of a reconciliation.")
            .labelNames("kind")
            .classicUpperBounds(.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10)
            .register(registry);
    start =
        Histogram.builder()
            .name("berth_operator_start_seconds")
            .help("From the first sight of a new revision to running.")
            .labelNames("kind")
            .classicUpperBounds(.5, 1, 2, 3, 5, 10, 30, 60, 300, 1800)
            .register(registry);
    calls = counter(registry, "scheduler_calls", "Calls to the scheduler.", "call", "outcome");
    changes = counter(registry, "phase_changes", "Changes of phase.", "kind", "phase");
    orphans = counter(registry, "orphans_released", "Placements given back without an owner.");
    connected =
        Gauge.builder()
            .name("berth_operator_scheduler_connected")
            .help("1 while the placements of the leader are followed.")
            .register(registry);
    workloads =
        Gauge.builder()
            .name("berth_operator_workloads")
            .help("Workloads by phase.")
            .labelNames("kind", "phase")
            .register(registry);
  }

  private static Counter counter(
      PrometheusRegistry registry, String name, String help, String... labels) {
    return Counter.builder()
        .name("berth_operator_" + name + "_total")
        .help(help)
        .labelNames(labels)
        .register(registry);
  }

  public void reconciled(String kind, Duration took) {
    reconcile.labelValues(kind).observe(took.toNanos() / 1e9);
  }

  public void started(String kind, Duration took) {
    start.labelValues(kind).observe(took.toNanos() / 1e9);
  }

  public void schedulerCall(String call, String outcome) {
    calls.labelValues(call, outcome).inc();
  }

  public void schedulerConnected(boolean yes) {
    connected.set(yes ? 1 : 0);
  }

  public void phaseEntered(String kind, String phase) {
    changes.labelValues(kind, phase).inc();
    workloads.labelValues(kind, phase).inc();
  }

  public void phaseLeft(String kind, String phase) {
    workloads.labelValues(kind, phase).dec();
  }

  public void orphanReleased() {
    orphans.inc();
  }
}
