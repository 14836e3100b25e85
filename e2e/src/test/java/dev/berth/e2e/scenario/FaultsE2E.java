package dev.berth.e2e.scenario;

import static dev.berth.e2e.scenario.Spaces.space;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(FleetExtension.class)
class FaultsE2E {
  private final TestFleet fleet;

  FaultsE2E(TestFleet fleet) {
    this.fleet = fleet;
  }

  /** One Space runs and is visited all the time, one is just starting, one comes afterwards. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "operator",
        "scheduler leader",
        "node-agent",
        "hub",
        "zookeeper",
        "kubelet",
        "containerd"
      })
  void runningSpacesKeepServingAndTheBooksStayRight(String victim) throws InterruptedException {
    // Given
    var id = "fault-" + victim.replace(' ', '-');
    fleet.apply(space(id + "-old", "t4-small"));
    fleet.awaitStage(id + "-old", "RUNNING");
    fleet.awaitVisit(id + "-old");

    try (var _ = deleting(id + "-old", id + "-mid", id + "-new");
        var visitor = new Visitor(fleet, id + "-old")) {
      // When
      fleet.apply(space(id + "-mid", "l4x1"));
      fleet.kill9(victim);
      fleet.apply(space(id + "-new", "h200-mig-1g"));

      // Then
      fleet.awaitStage(id + "-mid", "RUNNING");
      fleet.awaitStage(id + "-new", "RUNNING");
      visitor.close();
      assertThat(visitor.visits()).isPositive();
      assertThat(visitor.failures()).isEmpty();
    }
    fleet.awaitAtRest();
    fleet.assertAudit();
  }

  /** Also after a failure, so that the next fault is judged for itself. */
  private AutoClose deleting(String... spaces) {
    return () -> {
      for (var space : spaces) {
        fleet.deleteIfThere("space", space);
      }
    };
  }

  private interface AutoClose extends AutoCloseable {
    @Override
    void close();
  }
}
