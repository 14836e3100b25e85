package dev.berth.scheduler.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.scheduler.core.explain.FlavorFit;
import dev.berth.scheduler.core.model.Accelerator.TpuSlice;
import dev.berth.scheduler.core.model.Flavor;
import dev.berth.scheduler.core.model.InPod;
import dev.berth.scheduler.core.model.Inventory;
import dev.berth.scheduler.core.model.Lease;
import dev.berth.scheduler.core.model.Placement;
import dev.berth.scheduler.core.model.ReasonCode;
import dev.berth.scheduler.core.model.Shape;
import dev.berth.scheduler.core.model.Torus;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SliceTest {
  private static final TpuSlice FOUR = new TpuSlice("v5e", 4, 4, 1);

  @Test
  void aSliceLargerThanAHostTakesWholeHostsOneLeaseEach() {
    // Given
    Fleet fleet = pod(8, 8);

    // When
    fleet.place("slice", FOUR);

    // Then
    Placement placement = fleet.placement("slice");
    assertThat(placement.leases())
        .extracting(Lease::id)
        .containsExactly("slice#0", "slice#1", "slice#2", "slice#3");
    assertThat(placement.leases())
        .extracting(Lease::node)
        .containsExactly("h-0-0", "h-2-0", "h-0-2", "h-2-2");
    assertThat(placement.leases())
        .allSatisfy(
            lease -> {
              assertThat(lease.devices()).hasSize(4);
              assertThat(lease.cpuMilli()).isEqualTo(1_000);
            });
  }

  @Test
  void aSliceIsAllOrNothingAndSaysWhatIsShort() {
    // Given
    Fleet fleet = pod(4, 4);
    fleet.place("one", new TpuSlice("v5e", 1, 1, 1));

    // When
    Outcome outcome = fleet.place("slice", FOUR);
    Outcome two = fleet.place("two", new TpuSlice("v5e", 2, 4, 1));

    // Then
    Outcome.Waiting waiting = (Outcome.Waiting) outcome;
    assertThat(waiting.reasons().getFirst().code()).isEqualTo(ReasonCode.INSUFFICIENT_ACCELERATORS);
    assertThat(waiting.reasons().getFirst().free()).isEqualTo(15);
    assertThat(two).isInstanceOf(Outcome.Placed.class);
    fleet.free("one");
    fleet.free("two");
    assertThat(fleet.placement("slice").leases()).hasSize(4);
  }

  @Test
  void aSliceLargerThanAnyPodIsRejected() {
    // Given
    Fleet fleet = pod(4, 4);

    // When
    Outcome outcome = fleet.place("slice", new TpuSlice("v5e", 4, 8, 1));

    // Then
    assertThat(((Outcome.Rejected) outcome).reasons())
        .extracting(r -> r.code())
        .containsExactly(ReasonCode.TOO_LARGE);
  }

  @Test
  void aGangOfSlicesAndSmallSlicesFillThePodWithoutWaste() {
    // Given
    Fleet fleet = pod(8, 8);

    // When
    Outcome gang = fleet.gang("gang", 3, FOUR);
    fleet.place("small", new TpuSlice("v5e", 1, 1, 1));
    fleet.place("more", new TpuSlice("v5e", 2, 2, 1));

    // Then
    assertThat(gang).isInstanceOf(Outcome.Placed.class);
    assertThat(fleet.placement("gang").leases()).hasSize(12);
    assertThat(fleet.place("last", new TpuSlice("v5e", 2, 4, 1)))
        .isInstanceOf(Outcome.Placed.class);
  }

  @Test
  void aLostOrBusyHostBreaksTheSlicesThatNeedIt() {
    // Given
    Fleet fleet = pod(8, 4);
    fleet.step(new Event.NodeLost("h-0-0"));

    // When
    fleet.place("first", FOUR);
    Outcome second = fleet.place("second", FOUR);

    // Then
    assertThat(fleet.placement("first").leases()).extracting(Lease::node).contains("h-4-0");
    assertThat(second).isInstanceOf(Outcome.Waiting.class);
  }

  @Test
  void hostsThatClaimOnePlaceStandAlone() {
    // Given
    Fleet fleet = new Fleet();
    fleet.with("a", Sites.host("p", 2, 2, 0, 0, 4, 2));
    fleet.with("b", Sites.host("p", 2, 2, 0, 0, 4, 2));

    // When
    Outcome outcome = fleet.place("slice", new TpuSlice("v5e", 2, 4, 1));
    Outcome small = fleet.gang("small", 2, new TpuSlice("v5e", 2, 2, 1));

    // Then
    assertThat(outcome).isInstanceOf(Outcome.Rejected.class);
    assertThat(small).isInstanceOf(Outcome.Placed.class);
  }

  @Test
  void threeDimensionalPodsTakeCubes() {
    // Given
    Fleet fleet = new Fleet();
    for (int z = 0; z < 4; z++) {
      for (int y = 0; y < 4; y += 2) {
        for (int x = 0; x < 8; x += 2) {
          fleet.with("h-" + x + "-" + y + "-" + z, host(x, y, z));
        }
      }
    }

    // When
    fleet.place("board", new TpuSlice("v5p", 2, 2, 1));
    fleet.place("cube", new TpuSlice("v5p", 4, 4, 4));
    Outcome second = fleet.place("second", new TpuSlice("v5p", 4, 4, 4));

    // Then
    assertThat(fleet.placement("board").leases()).hasSize(1);
    assertThat(fleet.placement("cube").leases()).hasSize(16);
    assertThat(second).isInstanceOf(Outcome.Waiting.class);
  }

  @Test
  void countsSlicesOverSeveralHosts() {
    // Given
    Fleet fleet = pod(8, 8);
    fleet.place("one", new TpuSlice("v5e", 1, 1, 1));

    // When
    FlavorFit fit = FlavorFit.of(fleet.state, new Flavor("v5e-16", "v1", new Shape(1, 1, FOUR), 1));

    // Then
    assertThat(List.of(fit.now(), fit.empty())).containsExactly(3, 4);
  }

  private static Inventory host(int x, int y, int z) {
    InPod place = new InPod("p", x, y, z, 8, 4, 4);
    Torus torus = new Torus("v5p", 2, 2, 1, 97_280, Set.of(), place);
    return new Inventory(64_000, 512_000, 1, 1, List.of(), List.of(torus));
  }

  private static Fleet pod(int podX, int podY) {
    Fleet fleet = new Fleet();
    for (int y = 0; y < podY; y += 2) {
      for (int x = 0; x < podX; x += 2) {
        fleet.with("h-" + x + "-" + y, Sites.host("p", 2, 2, x, y, podX, podY));
      }
    }
    return fleet;
  }
}
