package dev.berth.operator.plan;

import static java.util.Objects.requireNonNullElse;

import dev.berth.operator.model.Labels;
import io.fabric8.kubernetes.api.model.Service;
import java.util.Map;

/** The workload's Service: which revision it selects, on which port. */
public record ServiceView(String name, String revision, int port) {

  public static ServiceView of(Service service) {
    return new ServiceView(
        service.getMetadata().getName(),
        requireNonNullElse(service.getSpec().getSelector(), Map.<String, String>of())
            .getOrDefault(Labels.REVISION, ""),
        service.getSpec().getPorts().isEmpty()
            ? 0
            : service.getSpec().getPorts().getFirst().getPort());
  }
}
