package dev.berth.operator.workload;

import static java.util.Objects.requireNonNullElse;

import dev.berth.crds.Endpoint;
import dev.berth.crds.EndpointSpec;
import dev.berth.crds.Scheduling;
import dev.berth.crds.Space;
import dev.berth.crds.SpaceSpec;
import dev.berth.crds.UpdateStrategy;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads workloads from custom resources. */
public final class Workloads {
  private Workloads() {}

  /** {@code asleep}: whether nobody has visited it for long. */
  public static Workload of(Space space, boolean asleep) {
    return new Workload(
        identity(WorkloadKind.SPACE, space),
        generation(space),
        space.isMarkedForDeletion(),
        wish(space.getSpec(), asleep));
  }

  public static Workload of(Endpoint endpoint) {
    return new Workload(
        identity(WorkloadKind.ENDPOINT, endpoint),
        generation(endpoint),
        endpoint.isMarkedForDeletion(),
        wish(endpoint.getSpec()));
  }

  private static Identity identity(WorkloadKind kind, HasMetadata resource) {
    return new Identity(
        kind,
        resource.getMetadata().getNamespace(),
        resource.getMetadata().getName(),
        resource.getMetadata().getUid());
  }

  private static long generation(HasMetadata resource) {
    return requireNonNullElse(resource.getMetadata().getGeneration(), 0L);
  }

  private static Wish wish(SpaceSpec spec, boolean asleep) {
    Run run = run(spec.paused(), spec.replicas());
    return new Wish(
        spec.image(),
        new HardwareWish.ByName(spec.flavor()),
        spec.replicas(),
        spec.gang(),
        spec.port(),
        spec.healthPath(),
        spec.variables(),
        spec.secrets(),
        spec.command(),
        spec.args(),
        run == Run.RUN && asleep ? Run.SLEEPING : run,
        spec.updateStrategy(),
        requireNonNullElse(spec.startupTimeout(), ""),
        requireNonNullElse(spec.restartedAt(), ""),
        requireNonNullElse(spec.scheduling(), Scheduling.DEFAULT),
        List.of());
  }

  private static Wish wish(EndpointSpec spec) {
    return new Wish(
        spec.image(),
        hardware(spec),
        spec.minReplicas(),
        false,
        spec.port(),
        spec.healthPath(),
        spec.variables(),
        spec.secrets(),
        spec.command(),
        spec.args(),
        run(spec.paused(), spec.minReplicas()),
        UpdateStrategy.RollingWhenFree,
        "",
        "",
        requireNonNullElse(spec.scheduling(), Scheduling.DEFAULT),
        List.of());
  }

  private static HardwareWish hardware(EndpointSpec spec) {
    @Nullable String flavor = spec.flavor();
    return flavor != null && !flavor.isEmpty()
        ? new HardwareWish.ByName(flavor)
        : new HardwareWish.ByInstance(
            requireNonNullElse(spec.vendor(), ""),
            requireNonNullElse(spec.region(), ""),
            requireNonNullElse(spec.instanceType(), ""),
            requireNonNullElse(spec.instanceSize(), ""));
  }

  private static Run run(boolean paused, int replicas) {
    if (paused) {
      return Run.PAUSED;
    }
    return replicas == 0 ? Run.STOPPED : Run.RUN;
  }
}
