package dev.berth.e2e.scenario;

import static dev.berth.e2e.scenario.Spaces.space;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a Space may say of its scheduling, seen from outside. The node has one B200 and two T4. */
@ExtendWith(FleetExtension.class)
class SchedulingE2E {
  private final TestFleet fleet;

  SchedulingE2E(TestFleet fleet) {
    this.fleet = fleet;
  }

  @Test
  void aSpaceRunsOnItsFallbackAndGoesBackWithoutAMissedVisit() throws InterruptedException {
    // Given the only B200 is taken
    fleet.apply(space("plan-first", "b200"));
    fleet.awaitStage("plan-first", "RUNNING");

    // When
    fleet.apply(space("plan-back", "b200", "scheduling: {fallbacks: [l4x1], regions: [local]}\n"));

    // Then
    fleet.awaitStage("plan-back", "RUNNING");
    assertThat(current("plan-back")).isEqualTo("l4x1");
    assertThat(fleet.field("space", "plan-back", "{.status.hardware.requested}")).isEqualTo("b200");
    fleet.awaitCondition("plan-back", "Fallback", "OnFallback");
    fleet.awaitVisit("plan-back");

    // When the B200 is free again
    try (var visitor = new Visitor(fleet, "plan-back")) {
      fleet.delete("space", "plan-first");
      fleet.awaitField("space", "plan-back", "{.status.hardware.current}", "b200");
      fleet.awaitPods("plan-back", 1);
      visitor.close();

      // Then
      assertThat(visitor.visits()).isPositive();
      assertThat(visitor.failures()).isEmpty();
    }
    fleet.awaitCondition("plan-back", "Fallback", "AsAsked");
    fleet.delete("space", "plan-back");
    fleet.awaitAtRest();
    assertThat(fleet.billedFlavors("Space e2e/plan-back")).contains("l4x1", "b200");
    fleet.assertAudit();
  }

  @Test
  void anUrgentSpaceTakesTheCardOfOneThatMayBePreempted() {
    // Given
    fleet.apply(space("plan-low", "b200", "scheduling: {priority: low, preemptible: true}\n"));
    fleet.awaitStage("plan-low", "RUNNING");

    // When
    fleet.apply(space("plan-high", "b200", "scheduling: {priority: 500}\n"));

    // Then
    fleet.awaitStage("plan-high", "RUNNING");
    fleet.awaitReady("plan-low", "Preempted");
    assertThat(fleet.ready("plan-low", "message"))
        .contains("Space e2e/plan-high", "higher priority", "position 1");
    assertThat(fleet.field("space", "plan-low", "{.status.waiting.position}")).isEqualTo("1");
    fleet.awaitPods("plan-low", 0);

    // When it is free again
    fleet.delete("space", "plan-high");

    // Then
    fleet.awaitStage("plan-low", "RUNNING");
    fleet.delete("space", "plan-low");
    fleet.awaitAtRest();
    fleet.assertAudit();
  }

  @Test
  void aMoveOfTheSchedulerIsFollowedWithoutAMissedVisit() throws InterruptedException {
    // Given
    fleet.apply(space("plan-move", "t4-small", "scheduling: {preemptible: true}\n"));
    fleet.awaitStage("plan-move", "RUNNING");
    fleet.awaitVisit("plan-move");
    var placed = fleet.scheduler().placed("Space e2e/plan-move").getFirst();
    var card = placed.getLeases(0).getDevices(0).getName();
    var other = card.equals("gpu-0") ? 1 : 0;

    // When
    try (var visitor = new Visitor(fleet, "plan-move")) {
      var answer = fleet.scheduler().reserveMove(placed, other);
      assertThat(answer.getMessage()).isEmpty();
      fleet.awaitField("space", "plan-move", "{.status.placements[*].devices[0]}", "gpu-" + other);
      fleet.awaitPods("plan-move", 1);
      visitor.close();

      // Then
      assertThat(visitor.visits()).isPositive();
      assertThat(visitor.failures()).isEmpty();
    }
    fleet.delete("space", "plan-move");
    fleet.awaitAtRest();
    fleet.assertAudit();
  }

  @Test
  void whatCannotBeMeantIsRefusedAtTheDoor() {
    assertThat(refused("{priority: 5000}")).contains("priority is 5000", "-1000 to 1000");
    assertThat(refused("{fallbacks: [t4-small]}")).contains("fallbacks name the flavor t4-small");
    assertThat(refused("{fallbacks: [l4x1, l4x1]}")).contains("twice");
    assertThat(refused("{topology: {level: rack}}")).contains("gang: true");
    assertThat(refused("{topology: {level: galaxy}}")).contains("galaxy");
    assertThat(refused("{expectedDuration: soon}")).contains("soon", "1h30m");
  }

  private String refused(String scheduling) {
    return fleet.refused(space("plan-bad", "t4-small", "scheduling: " + scheduling + "\n"));
  }

  private String current(String space) {
    return fleet.field("space", space, "{.status.hardware.current}");
  }
}
