package dev.berth.operator.plan;

import static java.util.Objects.requireNonNullElse;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A pod that was ready and is not any more. A pod that never was has been not ready since before
 * its container started; one that lost its readiness has been so since later.
 */
final class Unhealthy {
  private Unhealthy() {}

  static Optional<Trouble> of(Pod pod) {
    Optional<Instant> started =
        pod.getStatus().getContainerStatuses().stream()
            .flatMap(container -> startedAt(container).stream())
            .findFirst();
    Optional<Instant> unready =
        pod.getStatus().getConditions().stream()
            .filter(c -> "Ready".equals(c.getType()) && "False".equals(c.getStatus()))
            .findFirst()
            .flatMap(Unhealthy::since);
    return started
        .filter(start -> unready.filter(since -> since.isAfter(start)).isPresent())
        .map(start -> new Trouble("Unhealthy", words(pod), true));
  }

  private static Optional<Instant> startedAt(ContainerStatus container) {
    return container.getState() == null || container.getState().getRunning() == null
        ? Optional.empty()
        : Optional.ofNullable(container.getState().getRunning().getStartedAt()).map(Instant::parse);
  }

  private static Optional<Instant> since(PodCondition condition) {
    return Optional.ofNullable(condition.getLastTransitionTime()).map(Instant::parse);
  }

  private static String words(Pod pod) {
    @Nullable HTTPGetAction probe =
        pod.getSpec().getContainers().stream()
            .filter(c -> c.getReadinessProbe() != null)
            .map(c -> c.getReadinessProbe().getHttpGet())
            .findFirst()
            .orElse(null);
    return probe == null
        ? "the app was ready and is not any more"
        : "GET %s on port %s does not answer below 400 any more"
            .formatted(requireNonNullElse(probe.getPath(), "/"), probe.getPort().getValue());
  }
}
