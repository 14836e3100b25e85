package dev.berth.scheduler.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.scheduler.core.Fleet;
import dev.berth.scheduler.core.Hardware;
import dev.berth.scheduler.core.State;
import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.model.Accelerator.WholeGpus;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StateAuditTest {
  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final AtomicReference<@Nullable State> state = new AtomicReference<>();

  @Test
  void aDifferenceShowsAsLongAsItLasts() {
    // Given
    Fleet fleet = new Fleet().with("n", Hardware.gpus("T4-16", 1, 0));
    fleet.place("p", new WholeGpus("T4-16", 1));
    Node node = fleet.state.nodes().values().iterator().next();
    State corrupt = fleet.state.withNodes(fleet.state.nodes().with("n", node.without("p#0")));

    try (StateAudit audit = new StateAudit(state::get, registry)) {
      // When // Then
      assertThat(counted(audit, fleet.state)).isZero();
      // The lease, its processor, its memory and its card.
      assertThat(counted(audit, corrupt)).isEqualTo(4);
      assertThat(counted(audit, null)).isZero();
    }
  }

  private double counted(StateAudit audit, @Nullable State now) {
    state.set(now);
    audit.run();
    double sum = 0;
    for (MetricSnapshot metric : registry.scrape()) {
      if (metric instanceof GaugeSnapshot gauge) {
        sum += gauge.getDataPoints().stream().mapToDouble(p -> p.getValue()).sum();
      }
    }
    return sum;
  }
}
