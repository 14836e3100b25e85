package dev.berth.operator.model;

import dev.berth.operator.placement.Lease;
import dev.berth.operator.placement.Placement;
import dev.berth.operator.workload.Wish;
import dev.berth.operator.workload.Workload;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The pod of a lease. */
public final class PodModel {
  public static final String CONTAINER = "app";
  private static final String CLAIM = "devices";

  /** In-flight requests end before SIGTERM: the gateway learns of the change within this time. */
  private static final long PRE_STOP_SECONDS = 1;

  private static final long GRACE_SECONDS = 10;

  private PodModel() {}

  public static Pod pod(Workload workload, Placement placement, Lease lease) {
    String name = Names.ofLease(placement.id(), lease);
    return new PodBuilder()
        .withMetadata(Names.ofLease(workload.identity(), placement.id(), lease, placement.flavor()))
        .withNewSpec()
        .withRestartPolicy("Always")
        .withEnableServiceLinks(false)
        .withAutomountServiceAccountToken(false)
        .withTerminationGracePeriodSeconds(GRACE_SECONDS)
        .withTolerations(acceleratorTaints())
        .addNewResourceClaim()
        .withName(CLAIM)
        .withResourceClaimName(name)
        .endResourceClaim()
        .withContainers(container(workload, placement, lease))
        .endSpec()
        .build();
  }

  private static Container container(Workload workload, Placement placement, Lease lease) {
    Wish wish = workload.wish();
    return new ContainerBuilder()
        .withName(CONTAINER)
        .withImage(wish.image())
        .withImagePullPolicy("IfNotPresent")
        .withCommand(wish.command())
        .withArgs(wish.args())
        .withEnv(Environment.of(workload, placement, lease))
        .addNewPort()
        .withName("http")
        .withContainerPort(wish.port())
        .endPort()
        .withReadinessProbe(probe(wish))
        .withResources(resources(lease))
        .withNewLifecycle()
        .withNewPreStop()
        .withNewSleep(PRE_STOP_SECONDS)
        .endPreStop()
        .endLifecycle()
        .build();
  }

  private static Probe probe(Wish wish) {
    return new ProbeBuilder()
        .withNewHttpGet()
        .withPath(wish.healthPath())
        .withNewPort(wish.port())
        .endHttpGet()
        .withPeriodSeconds(1)
        .withTimeoutSeconds(5)
        .withFailureThreshold(3)
        .build();
  }

  private static ResourceRequirements resources(Lease lease) {
    return new ResourceRequirementsBuilder()
        .withRequests(
            Map.of(
                "cpu", new Quantity(lease.podCpuMilli() + "m"),
                "memory", new Quantity(lease.podMemoryMib() + "Mi")))
        .withLimits(
            Map.of(
                "cpu", new Quantity(lease.cpuMilli() + "m"),
                "memory", new Quantity(lease.memoryMib() + "Mi")))
        .addNewClaim()
        .withName(CLAIM)
        .endClaim()
        .build();
  }

  /** Nodes with accelerators are commonly tainted so that only their users land there. */
  private static List<Toleration> acceleratorTaints() {
    return Stream.of("nvidia.com/gpu", "google.com/tpu")
        .map(key -> new TolerationBuilder().withKey(key).withOperator("Exists").build())
        .toList();
  }
}
