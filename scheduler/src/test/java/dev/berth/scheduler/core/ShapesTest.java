package dev.berth.scheduler.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.scheduler.core.fit.TpuTopology;
import dev.berth.scheduler.core.model.Accelerator.GpuShare;
import dev.berth.scheduler.core.model.Accelerator.MigSlice;
import dev.berth.scheduler.core.model.Accelerator.None;
import dev.berth.scheduler.core.model.Accelerator.TpuSlice;
import dev.berth.scheduler.core.model.Accelerator.WholeGpus;
import dev.berth.scheduler.core.model.MigProfile;
import dev.berth.scheduler.core.model.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShapesTest {
  @Test
  void wholeGpusStayInOneLinkGroup() {
    // Given
    Fleet fleet = new Fleet().with("n", Hardware.gpus("H100-80", 8, 4));

    // When
    fleet.place("one", new WholeGpus("H100-80", 1));
    fleet.place("four", new WholeGpus("H100-80", 4));

    // Then
    assertThat(fleet.devices("one")).containsExactly("n/gpu-0");
    assertThat(fleet.devices("four")).containsExactly("n/gpu-4", "n/gpu-5", "n/gpu-6", "n/gpu-7");
  }

  @Test
  void wholeGpusFillTheTightestNode() {
    // Given
    Fleet fleet = new Fleet();
    fleet.with("a", Hardware.gpus("T4-16", 4, 0)).with("b", Hardware.gpus("T4-16", 2, 0));

    // When
    fleet.place("two", new WholeGpus("T4-16", 2));

    // Then
    assertThat(fleet.devices("two")).allMatch(device -> device.startsWith("b/"));
  }

  @Test
  void everyMigProfileFitsAsOftenAsTheCardAllows() {
    Hardware.MIG.forEach(
        (model, profiles) -> {
          for (MigProfile profile : profiles) {
            // Given
            Fleet fleet = new Fleet().with("n", Hardware.gpus(model, 1, 0));

            // When
            for (int i = 0; i < profile.maxInstances(); i++) {
              assertThat(fleet.place("p" + i, new MigSlice(model, profile.name())))
                  .as(model + " " + profile.name() + " no. " + i)
                  .isInstanceOf(Outcome.Placed.class);
            }

            // Then
            assertThat(fleet.place("more", new MigSlice(model, profile.name())))
                .as(model + " " + profile.name())
                .isInstanceOf(Outcome.Waiting.class);
          }
        });
  }

  @Test
  void migSlicesLeaveRoomForLargerOnes() {
    // Given
    Fleet fleet = new Fleet().with("n", Hardware.gpus("H200-141", 1, 0));

    // When
    fleet.place("small", new MigSlice("H200-141", "1g.18gb"));
    fleet.place("half", new MigSlice("H200-141", "3g.71gb"));
    fleet.place("rest", new MigSlice("H200-141", "3g.71gb"));

    // Then
    assertThat(fleet.placement("half").leases()).hasSize(1);
    assertThat(fleet.placement("rest").leases()).isEmpty();
    assertThat(fleet.place("quarter", new MigSlice("H200-141", "2g.35gb")))
        .isInstanceOf(Outcome.Placed.class);
  }

  @Test
  void oneInstanceTakesTheMediaEngines() {
    // Given
    Fleet fleet = new Fleet().with("n", Hardware.gpus("RTXPRO6000-96", 1, 0));

    // When
    fleet.place("me", new MigSlice("RTXPRO6000-96", "1g.24gb+me"));
    fleet.place("all", new MigSlice("RTXPRO6000-96", "1g.24gb+me.all"));

    // Then
    assertThat(fleet.devices("me").getFirst()).startsWith("n/gpu-0-mig-1g-24gb-me-");
    assertThat(fleet.placement("all").leases()).isEmpty();
  }

  @Test
  void aCardIsWholeCutOrSharedAtATime() {
    // Given
    Fleet fleet = new Fleet().with("n", Hardware.gpus("A100-80", 1, 0));

    // When
    fleet.place("share", new GpuShare("A100-80", 250, 10_000));

    // Then
    assertThat(fleet.place("whole", new WholeGpus("A100-80", 1)))
        .isInstanceOf(Outcome.Waiting.class);
    assertThat(fleet.place("mig", new MigSlice("A100-80", "1g.10gb")))
        .isInstanceOf(Outcome.Waiting.class);
    assertThat(fleet.place("share2", new GpuShare("A100-80", 750, 10_000)))
        .isInstanceOf(Outcome.Placed.class);
    assertThat(fleet.place("share3", new GpuShare("A100-80", 1, 0)))
        .isInstanceOf(Outcome.Waiting.class);
  }

  @Test
  void sharesRespectMemoryAndFillOneCardFirst() {
    // Given
    Fleet fleet = new Fleet().with("n", Hardware.gpus("T4-16", 2, 0));

    // When
    fleet.place("a", new GpuShare("T4-16", 100, 8_000));
    fleet.place("b", new GpuShare("T4-16", 100, 7_000));
    fleet.place("c", new GpuShare("T4-16", 100, 8_000));

    // Then
    assertThat(fleet.devices("b")).isEqualTo(fleet.devices("a"));
    assertThat(fleet.devices("c")).isNotEqualTo(fleet.devices("a"));
  }

  @Test
  void tpuSlicesTurnAndPack() {
    // Given
    Fleet fleet = new Fleet().with("n", Hardware.tpu("v5e", 4, 2));

    // When
    fleet.place("square", new TpuSlice("v5e", 2, 2, 1));
    fleet.place("one", new TpuSlice("v5e", 1, 1, 1));
    Outcome square = fleet.place("square2", new TpuSlice("v5e", 2, 2, 1));
    fleet.free("one");
    fleet.free("square");
    fleet.free("square2");
    fleet.place("turned", new TpuSlice("v5e", 2, 4, 1));

    // Then
    assertThat(square).isInstanceOf(Outcome.Waiting.class);
    assertThat(fleet.devices("turned")).hasSize(8).contains("n/tpu-3-1-0");
  }

  @Test
  void knowsTheLegalTopologies() {
    assertThat(TpuTopology.legal("v5e", 2, 4, 1)).isTrue();
    assertThat(TpuTopology.legal("v5e", 4, 2, 1)).isTrue();
    assertThat(TpuTopology.legal("v5e", 1, 2, 1)).isFalse();
    assertThat(TpuTopology.legal("v5e", 2, 8, 1)).isFalse();
    assertThat(TpuTopology.legal("v5p", 2, 2, 1)).isTrue();
    assertThat(TpuTopology.legal("v5p", 4, 4, 8)).isTrue();
    assertThat(TpuTopology.legal("v5p", 1, 1, 1)).isFalse();
    assertThat(TpuTopology.legal("v7", 1, 1, 1)).isTrue();
  }

  @Test
  void cpuFlavorsStayOffAcceleratorNodesAndKnowThePodsShare() {
    // Given
    Fleet fleet = new Fleet();
    fleet.with("a-gpu", Hardware.gpus("T4-16", 1, 0)).with("z-cpu", Hardware.cpu(32_000, 64_000));

    // When
    fleet.place("web", List.of(new Shape(2_000, 16_384, new None())));

    // Then
    assertThat(fleet.devices("web")).containsExactly("z-cpu/cpu");
    assertThat(fleet.placement("web").leases().getFirst().podCpuMilli()).isEqualTo(125);
    assertThat(fleet.placement("web").leases().getFirst().podMemoryMib()).isEqualTo(4_096);
  }
}
