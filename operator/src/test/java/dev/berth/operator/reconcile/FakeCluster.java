package dev.berth.operator.reconcile;

import dev.berth.operator.apply.Cluster;
import dev.berth.operator.apply.Problem;
import dev.berth.operator.placement.PlacementBook;
import dev.berth.operator.plan.ClaimView;
import dev.berth.operator.plan.Observed;
import dev.berth.operator.plan.PodView;
import dev.berth.operator.plan.ServiceView;
import dev.berth.operator.workload.Identity;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.resource.v1.ResourceClaim;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The objects of one namespace, and a kubelet that the test moves. */
final class FakeCluster implements Cluster {
  final Map<String, Pod> pods = new TreeMap<>();
  final Map<String, ResourceClaim> claims = new TreeMap<>();
  final Map<String, Service> services = new TreeMap<>();
  Optional<Problem> clash = Optional.empty();
  private final InstantSource clock;

  FakeCluster(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public Optional<Problem> writeService(Service service) {
    if (clash.isEmpty()) {
      services.put(service.getMetadata().getName(), service);
    }
    return clash;
  }

  @Override
  public Optional<Problem> ensureClaim(ResourceClaim claim) {
    claims.putIfAbsent(claim.getMetadata().getName(), claim);
    return Optional.empty();
  }

  @Override
  public Optional<Problem> createPod(Pod pod) {
    if (!claims.containsKey(pod.getMetadata().getName())) {
      throw new AssertionError("pod without its claim: " + pod.getMetadata().getName());
    }
    pod.getMetadata().setCreationTimestamp(now());
    pods.putIfAbsent(pod.getMetadata().getName(), pod);
    return Optional.empty();
  }

  @Override
  public void deletePod(String namespace, String name) {
    Pod pod = pods.get(name);
    if (pod != null && pod.getMetadata().getDeletionTimestamp() == null) {
      pod.getMetadata().setDeletionTimestamp(now());
    }
  }

  @Override
  public void deleteClaim(String namespace, String name) {
    Pod pod = pods.get(name);
    if (pod != null && !PodView.of(pod).lostBy(clock.instant(), Duration.ofSeconds(60))) {
      throw new AssertionError("claim deleted under its pod: " + name);
    }
    claims.remove(name);
  }

  @Override
  public void deleteService(String namespace, String name) {
    services.remove(name);
  }

  Observed observe(Identity id, PlacementBook book) {
    return new Observed(
        book.known(),
        book.of(id.key()),
        pods.values().stream().map(PodView::of).toList(),
        claims.values().stream().map(ClaimView::of).toList(),
        services.values().stream().map(ServiceView::of).findFirst());
  }

  /** The kubelet finishes what terminates. */
  void finishTerminating() {
    pods.values().removeIf(pod -> pod.getMetadata().getDeletionTimestamp() != null);
  }

  void ready(String name) {
    status(name, true, new ContainerStatusBuilder().withName("app").withReady(true).build());
  }

  void exited(String name, int code, int restarts) {
    status(
        name,
        false,
        new ContainerStatusBuilder()
            .withName("app")
            .withReady(false)
            .withRestartCount(restarts)
            .withNewState()
            .withNewTerminated()
            .withExitCode(code)
            .withReason("Error")
            .endTerminated()
            .endState()
            .build());
  }

  void waiting(String name, String reason, String message) {
    status(
        name,
        false,
        new ContainerStatusBuilder()
            .withName("app")
            .withImage("app:1")
            .withReady(false)
            .withNewState()
            .withNewWaiting(message, reason)
            .endState()
            .build());
  }

  private void status(String name, boolean ready, ContainerStatus container) {
    Pod pod = pods.get(name);
    if (pod != null) {
      pod.setStatus(
          new PodStatusBuilder()
              .withPhase("Running")
              .withConditions(
                  new PodConditionBuilder()
                      .withType("Ready")
                      .withStatus(ready ? "True" : "False")
                      .withLastTransitionTime(now())
                      .build())
              .withContainerStatuses(container)
              .build());
    }
  }

  private String now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
