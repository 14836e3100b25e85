package dev.berth.hub.gateway;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;

/** Counts answered requests by the class of their status code. */
public final class GatewayMetrics {
  private final Counter requests;
  private final Counter retries;

  public GatewayMetrics(PrometheusRegistry registry) {
    requests =
        Counter.builder()
            .name("berth_gateway_requests_total")
            .help("Answered requests by class of status code; 1xx are WebSockets.")
            .labelNames("code")
            .register(registry);
    retries =
        Counter.builder()
            .name("berth_gateway_connect_retries_total")
            .help("Requests sent to another pod because the first could not be connected to.")
            .register(registry);
    List.of("1xx", "2xx", "3xx", "4xx", "5xx").forEach(requests::initLabelValues);
  }

  void answered(int status) {
    requests.labelValues(status / 100 + "xx").inc();
  }

  void retried() {
    retries.inc();
  }
}
