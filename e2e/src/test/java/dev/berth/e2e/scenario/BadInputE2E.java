package dev.berth.e2e.scenario;

import static dev.berth.e2e.scenario.Spaces.endpoint;
import static dev.berth.e2e.scenario.Spaces.space;
import static dev.berth.e2e.scenario.Spaces.withImage;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(FleetExtension.class)
class BadInputE2E {
  private final TestFleet fleet;

  BadInputE2E(TestFleet fleet) {
    this.fleet = fleet;
  }

  @Test
  void anUnknownFlavorIsNamedWithItsNeighbours() {
    // Given // When
    fleet.apply(space("bad-flavor", "t4-smal"));

    // Then
    fleet.awaitStage("bad-flavor", "CONFIG_ERROR");
    assertThat(fleet.ready("bad-flavor", "reason")).isEqualTo("UnknownFlavor");
    assertThat(fleet.ready("bad-flavor", "message")).contains("t4-smal", "t4-small");
    gone("space", "bad-flavor");
  }

  @Test
  void whatCanNeverFitSaysSoWithNumbers() {
    // Given // When
    fleet.apply(space("bad-large", "a100x8"));

    // Then
    fleet.awaitStage("bad-large", "CONFIG_ERROR");
    assertThat(fleet.ready("bad-large", "message")).contains("8", "4");
    assertThat(fleet.field("space", "bad-large", "{.status.placements}")).isIn("", "[]");
    gone("space", "bad-large");
  }

  @Test
  void anImageThatCannotBePulledIsNamed() {
    // Given // When
    fleet.apply(withImage("bad-image", "t4-small", "berth.dev/no-such-image:1"));

    // Then
    fleet.awaitReady("bad-image", "ImagePull");
    assertThat(fleet.ready("bad-image", "message")).contains("berth.dev/no-such-image:1");
    gone("space", "bad-image");
  }

  @Test
  void anAppThatExitsShowsItsExitCode() {
    // Given // When
    fleet.apply(space("bad-exit", "t4-small", "variables: {BERTH_DEMO_EXIT: \"3\"}\n"));

    // Then
    fleet.awaitReady("bad-exit", "AppExited");
    assertThat(fleet.ready("bad-exit", "message")).contains("3");
    gone("space", "bad-exit");
  }

  @Test
  void anAppThatNeverListensTimesOutAndStopsCosting() {
    // Given // When
    fleet.apply(
        space(
            "bad-deaf",
            "t4-small",
            "startupTimeout: 5s\nvariables: {BERTH_DEMO_NEVER_LISTEN: \"1\"}\n"));

    // Then
    fleet.awaitReady("bad-deaf", "StartupTimeout");
    fleet.awaitPods("bad-deaf", 0);
    gone("space", "bad-deaf");
  }

  @Test
  void negativeAndHugeReplicasAreRefusedAtTheDoor() {
    assertThat(fleet.refused(space("bad-few", "t4-small", "replicas: -1\n"))).contains("replicas");
    assertThat(fleet.refused(space("bad-many", "t4-small", "replicas: 100000\n")))
        .contains("replicas");
  }

  @Test
  void aNameClashOverwritesNothing() {
    // Given
    fleet.apply(space("bad-twin", "cpu-upgrade"));
    fleet.awaitStage("bad-twin", "RUNNING");

    // When
    fleet.apply(endpoint("bad-twin", "aws-us-east-1-intel-spr-x1"));

    // Then
    fleet.awaitField(
        "endpoints.berth.dev",
        "bad-twin",
        "{.status.conditions[?(@.type==\"Ready\")].reason}",
        "NameClash");
    assertThat(fleet.visit("bad-twin").status()).isEqualTo(200);
    gone("endpoints.berth.dev", "bad-twin");
    assertThat(fleet.visit("bad-twin").status()).isEqualTo(200);
    gone("space", "bad-twin");
  }

  @Test
  void ofTwoThatWantTheLastCardOneRunsAndTheOtherWaitsItsTurn() {
    // Given one B200 and two that want it
    fleet.apply(space("bad-last-a", "b200") + "---\n" + space("bad-last-b", "b200"));

    // When
    var running = fleet.awaitEither("bad-last-a", "bad-last-b", "RUNNING");
    var waiting = running.equals("bad-last-a") ? "bad-last-b" : "bad-last-a";

    // Then the other says what is missing, and follows when the first goes
    fleet.awaitReady(waiting, "Unschedulable");
    assertThat(fleet.ready(waiting, "message")).contains("B200");
    assertThat(fleet.field("space", waiting, "{.status.waiting.position}")).isEqualTo("1");
    fleet.delete("space", running);
    fleet.awaitStage(waiting, "RUNNING");
    gone("space", waiting);
  }

  @Test
  void deletingDuringTheStartLeavesNothing() {
    // Given
    fleet.apply(space("bad-early", "t4-small", "variables: {BERTH_DEMO_START_DELAY: 20s}\n"));
    fleet.awaitStage("bad-early", "APP_STARTING");

    // When // Then
    gone("space", "bad-early");
    fleet.awaitPods("bad-early", 0);
  }

  @Test
  void editsDuringARolloutEndWithTheNewestAlone() {
    // Given
    fleet.apply(space("bad-edit", "cpu-upgrade"));
    fleet.awaitStage("bad-edit", "RUNNING");

    // When
    for (int version = 1; version <= 5; version++) {
      fleet.patch(
          "space",
          "bad-edit",
          "{\"spec\":{\"variables\":{\"VERSION\":\"v%d\"}}}".formatted(version));
    }

    // Then
    fleet.awaitPods("bad-edit", 1);
    fleet.awaitPodVariable("bad-edit", "VERSION", "v5");
    fleet.awaitStage("bad-edit", "RUNNING");
    gone("space", "bad-edit");
  }

  private void gone(String kind, String name) {
    fleet.delete(kind, name);
    fleet.assertAudit();
  }
}
