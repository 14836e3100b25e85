package dev.berth.operator.plan;

import static java.util.Objects.requireNonNullElse;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads from a pod's status why it does not serve. */
final class Troubles {
  private static final Set<String> IMAGE =
      Set.of(
          "ErrImagePull",
          "ImagePullBackOff",
          "InvalidImageName",
          "ErrImageNeverPull",
          "ImageInspectError",
          "RegistryUnavailable");
  private static final Set<String> CANNOT_START =
      Set.of("CreateContainerConfigError", "CreateContainerError", "RunContainerError");

  private Troubles() {}

  static Optional<Trouble> of(Pod pod) {
    if (pod.getStatus() == null) {
      return Optional.empty();
    }
    if ("Failed".equals(pod.getStatus().getPhase())) {
      return Optional.of(
          new Trouble(
              "PodFailed",
              requireNonNullElse(pod.getStatus().getReason(), "failed")
                  + ": "
                  + requireNonNullElse(pod.getStatus().getMessage(), "no message"),
              true));
    }
    return pod.getStatus().getContainerStatuses().stream()
        .flatMap(container -> of(container).stream())
        .findFirst()
        .or(() -> Unhealthy.of(pod))
        .or(() -> notBound(pod));
  }

  private static Optional<Trouble> of(ContainerStatus container) {
    @Nullable ContainerStateWaiting waiting =
        container.getState() == null ? null : container.getState().getWaiting();
    String why = waiting == null ? "" : requireNonNullElse(waiting.getReason(), "");
    if (waiting != null && IMAGE.contains(why)) {
      return Optional.of(new Trouble("ImagePull", detail(container, waiting), true));
    }
    if (waiting != null && CANNOT_START.contains(why)) {
      return Optional.of(new Trouble("CannotStart", detail(container, waiting), true));
    }
    return Boolean.TRUE.equals(container.getReady()) ? Optional.empty() : exited(container);
  }

  private static String detail(ContainerStatus container, ContainerStateWaiting waiting) {
    return "image '%s': %s: %s"
        .formatted(
            container.getImage(),
            waiting.getReason(),
            requireNonNullElse(waiting.getMessage(), "no message"));
  }

  private static Optional<Trouble> exited(ContainerStatus container) {
    @Nullable ContainerStateTerminated end = lastEnd(container);
    if (end == null) {
      return Optional.empty();
    }
    String why = requireNonNullElse(end.getReason(), "Unknown");
    String said = end.getMessage() == null ? "" : ": " + end.getMessage().strip();
    return Optional.of(
        new Trouble(
            why.equals("StartError") ? "CannotStart" : "AppExited",
            "the app exited with code %d (%s), restarted %d times%s"
                .formatted(
                    end.getExitCode(),
                    why,
                    requireNonNullElse(container.getRestartCount(), 0),
                    said),
            true));
  }

  private static @Nullable ContainerStateTerminated lastEnd(ContainerStatus container) {
    if (container.getState() != null && container.getState().getTerminated() != null) {
      return container.getState().getTerminated();
    }
    return container.getLastState() == null ? null : container.getLastState().getTerminated();
  }

  private static Optional<Trouble> notBound(Pod pod) {
    return pod.getStatus().getConditions().stream()
        .filter(c -> "PodScheduled".equals(c.getType()) && "False".equals(c.getStatus()))
        .findFirst()
        .map(
            c ->
                new Trouble(
                    "NotBound",
                    "Kubernetes has not bound the pod: "
                        + requireNonNullElse(c.getMessage(), "no message"),
                    false));
  }
}
