package dev.berth.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.e2e.FleetException;
import dev.berth.e2e.build.PythonImage;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Unmodified gradio Spaces take turns on one card. */
@ExtendWith(FleetExtension.class)
class ZeroGpuE2E {
  private final TestFleet fleet;

  ZeroGpuE2E(TestFleet fleet) {
    this.fleet = fleet;
  }

  /** The demo itself fails if a Space does not run, the quota does not end or nobody is killed. */
  @Test
  void theDemoEndsWithChargesThatAreWhatTurnsTook() {
    // Given
    PythonImage image = TestFleet.pythonImage();
    try {
      image.archive();
    } catch (FleetException noPython) {
      Assumptions.abort("No gradio on this machine: " + noPython.getMessage());
    }

    // When
    boolean agree = fleet.demonstrateZeroGpu(image);

    // Then
    assertThat(agree).as("turns and quotas agree").isTrue();
    fleet.assertAudit();
  }
}
