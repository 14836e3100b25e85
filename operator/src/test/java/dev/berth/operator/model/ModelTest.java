package dev.berth.operator.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.crds.Scheduling;
import dev.berth.crds.SecretVariable;
import dev.berth.crds.UpdateStrategy;
import dev.berth.operator.placement.Lease;
import dev.berth.operator.placement.Placement;
import dev.berth.operator.placement.PlacementId;
import dev.berth.operator.placement.PlacementState;
import dev.berth.operator.workload.HardwareWish;
import dev.berth.operator.workload.Identity;
import dev.berth.operator.workload.Run;
import dev.berth.operator.workload.Wish;
import dev.berth.operator.workload.Workload;
import dev.berth.operator.workload.WorkloadKind;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.resource.v1.DeviceRequestAllocationResult;
import io.fabric8.kubernetes.api.model.resource.v1.ResourceClaim;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ModelTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00.123Z");
  private static final Identity ID =
      new Identity(WorkloadKind.SPACE, "acme", "demo", "0a1b2c3d-ffff");
  private static final Workload WORKLOAD =
      new Workload(
          ID,
          1,
          false,
          new Wish(
              "app:1",
              new HardwareWish.ByName("t4-small"),
              1,
              false,
              7860,
              "/healthz",
              Map.of("A", "1"),
              List.of(new SecretVariable("TOKEN", new SecretVariable.SecretRef("s", "k"))),
              List.of(),
              List.of(),
              Run.RUN,
              UpdateStrategy.RollingWhenFree,
              "",
              "",
              Scheduling.DEFAULT,
              List.of()));

  @Test
  void aClaimHasOneRequestForEachDeviceAndTheAllocationDecided() {
    // Given
    Lease lease =
        lease(
            new Lease.Device("gpu-0", "T4-16", 1000, 1),
            new Lease.Device("gpu-3", "T4-16", 1000, 1));

    // When
    ResourceClaim claim = ClaimModel.claim(ID, placement(lease), lease, 7, NOW);

    // Then
    assertThat(claim.getMetadata().getName()).isEqualTo("demo-rev-0-n1");
    assertThat(claim.getSpec().getDevices().getRequests())
        .extracting(r -> r.getName() + " " + r.getExactly().getDeviceClassName())
        .containsExactly("r0 berth.dev", "r1 berth.dev");
    assertThat(results(claim))
        .extracting(
            r -> r.getRequest() + " " + r.getDriver() + " " + r.getPool() + " " + r.getDevice())
        .containsExactly("r0 berth.dev node-1 gpu-0", "r1 berth.dev node-1 gpu-3");
    assertThat(results(claim)).allMatch(r -> r.getShareID() == null);
    assertThat(claim.getStatus().getAllocation().getAllocationTimestamp())
        .isEqualTo("2026-11-24T12:00:00Z");
    assertThat(
            claim
                .getStatus()
                .getAllocation()
                .getNodeSelector()
                .getNodeSelectorTerms()
                .getFirst()
                .getMatchFields()
                .getFirst()
                .getValues())
        .containsExactly("node-1");
  }

  @Test
  void aClaimTellsTheAgentWhoseItIs() {
    // Given
    Lease lease = lease(new Lease.Device("gpu-0", "T4-16", 1000, 1));

    // When
    ResourceClaim claim = ClaimModel.claim(ID, placement(lease), lease, 7, NOW);

    // Then
    assertThat(
            claim
                .getStatus()
                .getAllocation()
                .getDevices()
                .getConfig()
                .getFirst()
                .getOpaque()
                .getParameters())
        .isEqualTo(
            Map.of(
                "leaseId", "space/acme/demo/0a1b2c3d/rev/0.n1#0",
                "epoch", 7L,
                "account", "acme",
                "owner", "Space acme/demo",
                "flavor", "t4-small",
                "catalogVersion", "2026-11",
                "seat", false));
  }

  @Test
  void sharedDevicesSayHowMuchTheyTake() {
    // Given
    Lease lease =
        lease(
            new Lease.Device("cpu", "cpu", 1000, 0),
            new Lease.Device("gpu-2-share", "T4-16", 250, 4096));

    // When
    List<DeviceRequestAllocationResult> results =
        results(ClaimModel.claim(ID, placement(lease), lease, 7, NOW));

    // Then
    assertThat(results).allMatch(r -> r.getShareID().matches("[0-9a-f-]{36}"));
    assertThat(results.get(0).getConsumedCapacity().get("cpu")).hasToString("4000m");
    assertThat(results.get(0).getConsumedCapacity().get("memory")).hasToString("15360Mi");
    assertThat(results.get(1).getConsumedCapacity().get("milli")).hasToString("250");
    assertThat(results.get(1).getConsumedCapacity().get("memory")).hasToString("4096Mi");
  }

  @Test
  void aPodUsesItsClaimAndAsksWhatTheLeaseSays() {
    // Given
    Lease lease = lease(new Lease.Device("gpu-0", "T4-16", 1000, 1));

    // When
    Pod pod = PodModel.pod(WORKLOAD, placement(lease), lease);

    // Then
    Container app = pod.getSpec().getContainers().getFirst();
    assertThat(pod.getSpec().getResourceClaims().getFirst().getResourceClaimName())
        .isEqualTo(pod.getMetadata().getName());
    assertThat(app.getResources().getRequests().get("cpu")).hasToString("62m");
    assertThat(app.getResources().getLimits().get("memory")).hasToString("15360Mi");
    assertThat(app.getReadinessProbe().getHttpGet().getPath()).isEqualTo("/healthz");
    assertThat(pod.getSpec().getAutomountServiceAccountToken()).isFalse();
    assertThat(app.getEnv())
        .extracting(EnvVar::getName)
        .contains("A", "TOKEN", "SPACE_ID", "PORT", "ACCELERATOR", "MEMORY")
        .doesNotHaveDuplicates();
    assertThat(app.getEnv())
        .filteredOn(e -> e.getName().equals("TOKEN"))
        .allMatch(e -> e.getValue() == null && e.getValueFrom() != null);
  }

  @Test
  void eachHostOfATpuSliceKnowsItsPlace() {
    // Given
    Lease first = lease(new Lease.Device("tpu-0-0-0", "v5e", 1000, 16384));
    Lease second =
        new Lease("space/acme/demo/0a1b2c3d/rev/0.n1#1", 1, "node-2", first.devices(), 1, 1, 1, 1);
    Placement both =
        new Placement(
            placement(first).id(),
            "v5e-4x4",
            "2026-11",
            new PlacementState.Placed(7, List.of(first, second), NOW));

    // When
    Pod pod = PodModel.pod(WORKLOAD, both, second);

    // Then
    assertThat(pod.getSpec().getContainers().getFirst().getEnv())
        .filteredOn(e -> e.getName().equals("TPU_WORKER_ID"))
        .extracting(EnvVar::getValue)
        .containsExactly("1");
  }

  @Test
  void theServiceIsWhatTheGatewayLooksFor() {
    // When
    Service service = ServiceModel.service(ID, "rev", 7860);

    // Then
    assertThat(service.getMetadata().getName()).isEqualTo("demo");
    assertThat(service.getMetadata().getLabels())
        .containsEntry("berth.dev/gateway", "true")
        .containsEntry("berth.dev/host", "acme-demo");
    assertThat(service.getSpec().getSelector()).containsEntry("berth.dev/revision", "rev");
    assertThat(service.getSpec().getPorts().getFirst().getPort()).isEqualTo(7860);
  }

  @Test
  void aServiceOfANameThatStartsWithADigitStartsWithALetter() {
    assertThat(Names.service(new Identity(WorkloadKind.SPACE, "acme", "3d", "u")))
        .isEqualTo("s-3d");
  }

  private static List<DeviceRequestAllocationResult> results(ResourceClaim claim) {
    return Objects.requireNonNull(claim.getStatus().getAllocation()).getDevices().getResults();
  }

  private static Placement placement(Lease lease) {
    PlacementId id = PlacementId.parse("space/acme/demo/0a1b2c3d/rev/0.n1").orElseThrow();
    return new Placement(
        id, "t4-small", "2026-11", new PlacementState.Placed(7, List.of(lease), NOW));
  }

  private static Lease lease(Lease.Device... devices) {
    return new Lease(
        "space/acme/demo/0a1b2c3d/rev/0.n1#0", 0, "node-1", List.of(devices), 4000, 15360, 62, 960);
  }
}
