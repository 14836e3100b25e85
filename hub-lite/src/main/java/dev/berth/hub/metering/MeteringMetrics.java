package dev.berth.hub.metering;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;

/** Counters of what became of reports. */
public final class MeteringMetrics {
  private final Counter reports;
  private final Counter quarantined;

  public MeteringMetrics(PrometheusRegistry registry) {
    reports =
        Counter.builder()
            .name("berth_hub_reports_total")
            .help("Usage reports received, by what became of them.")
            .labelNames("outcome")
            .register(registry);
    quarantined =
        Counter.builder()
            .name("berth_hub_quarantined_total")
            .help(
                "Reports and lease lines that contradicted what was committed and are not billed.")
            .labelNames("reason")
            .register(registry);
    List.of("applied", "repeated", "contradicted", "gap").forEach(reports::initLabelValues);
  }

  void count(ReportOutcome outcome) {
    switch (outcome) {
      case ReportOutcome.Applied applied -> {
        reports.labelValues("applied").inc();
        applied.refused().forEach(r -> quarantined.labelValues(r.reason().name()).inc());
      }
      case ReportOutcome.Repeated repeated -> reports.labelValues("repeated").inc();
      case ReportOutcome.Contradicted contradicted -> {
        reports.labelValues("contradicted").inc();
        quarantined.labelValues("CONTRADICTS_COMMITTED").inc();
      }
      case ReportOutcome.Gap gap -> reports.labelValues("gap").inc();
    }
  }
}
