package dev.berth.e2e.scenario;

import static dev.berth.e2e.scenario.Spaces.space;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(FleetExtension.class)
class WholePathE2E {
  private final TestFleet fleet;

  WholePathE2E(TestFleet fleet) {
    this.fleet = fleet;
  }

  @Test
  void aSpaceRunsIsReachedIsMeteredAndIsBilled() {
    // Given
    fleet.apply(space("path-t4", "t4-small"));
    fleet.awaitStage("path-t4", "RUNNING");

    // When
    var answer = fleet.visit("path-t4");
    fleet.delete("space", "path-t4");
    fleet.awaitAtRest();

    // Then
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).contains("GPU-");
    assertThat(fleet.microUsd("Space e2e/path-t4")).isPositive();
    fleet.assertAudit();
  }

  @Test
  void aSliceOfACardIsCutForItsSpace() {
    // Given
    fleet.apply(space("path-mig", "h200-mig-1g"));

    // When
    fleet.awaitStage("path-mig", "RUNNING");

    // Then
    assertThat(fleet.field("space", "path-mig", "{.status.placements[0].devices[0]}"))
        .matches("gpu-\\d+-mig-1g-18gb-\\d");
    assertThat(fleet.visit("path-mig").body()).contains("MIG-");
    fleet.delete("space", "path-mig");
    fleet.assertAudit();
  }

  @Test
  void aGangIsPlacedWholeOnDevicesOfItsOwn() {
    // Given
    fleet.apply(space("path-gang", "l4x1", "replicas: 4\ngang: true\n"));

    // When
    fleet.awaitStage("path-gang", "RUNNING");

    // Then
    assertThat(fleet.field("space", "path-gang", "{.status.placements[*].devices[0]}").split(" "))
        .hasSize(4)
        .doesNotHaveDuplicates();
    fleet.delete("space", "path-gang");
    fleet.assertAudit();
  }

  @Test
  void aCpuSpaceAndATpuSpaceTakeTheSamePath() {
    // Given
    fleet.apply(space("path-cpu", "cpu-upgrade"));
    fleet.apply(space("path-tpu", "v5e-2x2"));

    // When
    fleet.awaitStage("path-cpu", "RUNNING");
    fleet.awaitStage("path-tpu", "RUNNING");

    // Then
    assertThat(fleet.field("space", "path-cpu", "{.status.placements[0].devices[0]}"))
        .isEqualTo("cpu");
    assertThat(fleet.field("space", "path-tpu", "{.status.placements[0].devices}"))
        .contains("tpu-");
    fleet.delete("space", "path-cpu");
    fleet.delete("space", "path-tpu");
    fleet.assertAudit();
  }

  @Test
  void anEndpointRunsItsReplicasAndIsReached() {
    // Given
    fleet.apply(
        """
        apiVersion: berth.dev/v1alpha1
        kind: Endpoint
        metadata: {name: path-endpoint, namespace: e2e}
        spec:
          image: berth.dev/demo-app:1
          flavor: aws-us-east-1-nvidia-t4-x1
          minReplicas: 2
          maxReplicas: 2
          healthPath: /healthz
          port: 7860
        """);

    // When
    fleet.awaitField("endpoints.berth.dev", "path-endpoint", "{.status.state}", "running");

    // Then
    fleet.awaitPods("path-endpoint", 2);
    fleet.awaitVisit("path-endpoint");
    fleet.delete("endpoints.berth.dev", "path-endpoint");
    fleet.assertAudit();
  }

  @Test
  void secretsAndVariablesReachTheAppAndAChangeRestartsIt() {
    // Given
    fleet.apply(
        """
        apiVersion: v1
        kind: Secret
        metadata: {name: path-key, namespace: e2e}
        stringData: {key: first}
        """);
    fleet.apply(
        space(
            "path-secret",
            "cpu-upgrade",
            "variables: {MODE: plain}\nsecrets: [{name: KEY, secretRef: {name: path-key, key: key}}]\n"));
    fleet.awaitStage("path-secret", "RUNNING");
    fleet.awaitPodVariable("path-secret", "MODE", "plain");
    var before = fleet.field("space", "path-secret", "{.status.revisions.serving}");

    // When
    fleet.patch("secret", "path-key", "{\"stringData\":{\"key\":\"second\"}}");

    // Then
    fleet.awaitNoLonger("space", "path-secret", "{.status.revisions.serving}", before);
    fleet.awaitStage("path-secret", "RUNNING");
    fleet.delete("space", "path-secret");
    fleet.assertAudit();
  }

  @Test
  void pausingFreesTheDeviceAndResumingTakesOneAgain() {
    // Given
    fleet.apply(space("path-pause", "t4-small"));
    fleet.awaitStage("path-pause", "RUNNING");

    // When
    fleet.patch("space", "path-pause", "{\"spec\":{\"paused\":true}}");
    fleet.awaitStage("path-pause", "PAUSED");
    fleet.awaitPods("path-pause", 0);

    // Then
    assertThat(fleet.field("space", "path-pause", "{.status.placements}")).isIn("", "[]");
    fleet.patch("space", "path-pause", "{\"spec\":{\"paused\":false}}");
    fleet.awaitStage("path-pause", "RUNNING");
    fleet.delete("space", "path-pause");
    fleet.assertAudit();
  }

  @Test
  void aFlavorChangesWithoutAMissedVisit() throws InterruptedException {
    // Given
    fleet.apply(space("path-flavor", "t4-small"));
    fleet.awaitStage("path-flavor", "RUNNING");
    fleet.awaitVisit("path-flavor");

    // When
    try (var visitor = new Visitor(fleet, "path-flavor")) {
      fleet.patch("space", "path-flavor", "{\"spec\":{\"flavor\":\"l4x1\"}}");
      fleet.awaitField("space", "path-flavor", "{.status.hardware.current}", "l4x1");
      fleet.awaitPods("path-flavor", 1);
      visitor.close();

      // Then
      assertThat(visitor.visits()).isPositive();
      assertThat(visitor.failures()).isEmpty();
    }
    fleet.delete("space", "path-flavor");
    fleet.assertAudit();
  }
}
