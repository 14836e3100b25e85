package dev.berth.scheduler.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.scheduler.core.model.Accelerator.WholeGpus;
import dev.berth.scheduler.core.model.Device;
import dev.berth.scheduler.core.model.InPod;
import dev.berth.scheduler.core.model.Inventory;
import dev.berth.scheduler.core.model.Lease;
import dev.berth.scheduler.core.model.Location;
import dev.berth.scheduler.core.model.Placement;
import dev.berth.scheduler.core.model.Policy;
import dev.berth.scheduler.core.model.Request;
import dev.berth.scheduler.core.model.Shape;
import dev.berth.scheduler.core.model.Topology;
import dev.berth.scheduler.core.model.Torus;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RoundTripTest {
  @Test
  void aPlacedFallbackKeepsWhatWasAskedAndSaysWhatIsPaid() {
    // Given
    Policy.Alternative other =
        new Policy.Alternative("a100", "v2", List.of(new Shape(2, 2, new WholeGpus("A100-80", 1))));
    Policy policy =
        new Policy(
            0,
            false,
            "",
            new Topology(Topology.Level.RACK, true),
            List.of("eu"),
            List.of(other),
            0,
            0);
    Request request =
        new Request(
            "x",
            List.of(new Shape(1, 1, new WholeGpus("H200-141", 1))),
            "acme",
            "Space acme/x",
            "h200",
            "v1",
            policy);
    Lease lease = new Lease("x#0", "n", List.of(new Device.WholeGpu(0, "A100-80", 1)), 2, 2, 2, 2);
    Placement placed = new Placement.Waiting(request, 1).place(List.of(lease), 3, 2, 1);

    // When
    dev.berth.api.scheduler.v1.Placement wire = Placements.write(placed);

    // Then
    assertThat(wire.getFlavor() + " " + wire.getCatalogVersion()).isEqualTo("h200 v1");
    assertThat(wire.getGrantedFlavor() + " " + wire.getGrantedCatalogVersion())
        .isEqualTo("a100 v2");
    assertThat(Placements.read(wire)).isEqualTo(placed);
  }

  @Test
  void aBlockOfAPodKeepsItsPlaceAndMustLieInIt() {
    // Given
    InPod place = new InPod("p", 2, 4, 0, 8, 8, 1);

    // When
    dev.berth.api.agent.v1.Inventory good = Inventories.write(host(place));
    dev.berth.api.agent.v1.Inventory bad =
        Inventories.write(host(new InPod("p", 1, 4, 0, 8, 8, 1)));

    // Then
    assertThat(Inventories.broken(good)).isNull();
    assertThat(Inventories.read(good)).isEqualTo(host(place));
    assertThat(Inventories.broken(bad)).contains("2x2x1 at 1-4-0 is not aligned and within pod p");
  }

  private static Inventory host(InPod place) {
    Torus torus = new Torus("v5e", 2, 2, 1, 16_384, Set.of("tpu-1-0-0"), place);
    return new Inventory(1, 1, 1, 1, List.of(), List.of(torus), Location.UNKNOWN);
  }
}
