package dev.berth.scheduler.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.scheduler.core.explain.Explanations;
import dev.berth.scheduler.core.explain.FlavorFit;
import dev.berth.scheduler.core.model.Accelerator.MigSlice;
import dev.berth.scheduler.core.model.Accelerator.None;
import dev.berth.scheduler.core.model.Accelerator.TpuSlice;
import dev.berth.scheduler.core.model.Accelerator.WholeGpus;
import dev.berth.scheduler.core.model.Flavor;
import dev.berth.scheduler.core.model.Placement;
import dev.berth.scheduler.core.model.Reason;
import dev.berth.scheduler.core.model.ReasonCode;
import dev.berth.scheduler.core.model.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchedulerTest {
  private static final WholeGpus T4 = new WholeGpus("T4-16", 1);

  @Test
  void saysWhatIsShortWithNumbers() {
    // Given
    Fleet fleet = new Fleet().with("berth-0", Hardware.gpus("T4-16", 4, 0));
    fleet.gang("busy", 3, T4);

    // When
    Outcome outcome = fleet.place("four", new WholeGpus("T4-16", 4));

    // Then
    Outcome.Waiting waiting = (Outcome.Waiting) outcome;
    assertThat(waiting.position()).isEqualTo(1);
    Reason reason = waiting.reasons().getFirst();
    assertThat(reason.code()).isEqualTo(ReasonCode.INSUFFICIENT_ACCELERATORS);
    assertThat(List.of(reason.asked(), reason.free(), reason.total())).containsExactly(4L, 1L, 4L);
    assertThat(reason.unit() + " " + reason.resource()).isEqualTo("gpu T4-16");
    assertThat(reason.message())
        .isEqualTo(
            "Asked 4 x T4-16 on one node; most free on one node is 1 of 4 (node berth-0). Ask for less or wait.");
  }

  @Test
  void tellsFragmentationFromShortage() {
    // Given
    Fleet fleet = new Fleet();
    fleet.with("a", Hardware.gpus("T4-16", 2, 0)).with("b", Hardware.gpus("T4-16", 2, 0));
    fleet.place("a1", T4);
    fleet.place("a2", T4);
    fleet.place("b1", T4);
    fleet.free("a1");

    // When
    Outcome outcome = fleet.place("two", new WholeGpus("T4-16", 2));

    // Then
    assertThat(codes(outcome)).containsExactly(ReasonCode.FRAGMENTED);
    assertThat(((Outcome.Waiting) outcome).reasons().getFirst().nodes()).isEqualTo(2);
  }

  @Test
  void rejectsWhatIsProvedImpossible() {
    // Given
    Fleet fleet = new Fleet().with("n", Hardware.gpus("H200-141", 2, 0));

    // When // Then
    assertThat(codes(fleet.place("a", T4))).containsExactly(ReasonCode.NO_SUCH_DEVICE);
    assertThat(codes(fleet.place("b", new MigSlice("H200-141", "9g.1gb"))))
        .containsExactly(ReasonCode.NO_SUCH_DEVICE);
    assertThat(codes(fleet.place("c", new WholeGpus("H200-141", 3))))
        .containsExactly(ReasonCode.TOO_LARGE);
    assertThat(codes(fleet.gang("d", 3, new WholeGpus("H200-141", 1))))
        .containsExactly(ReasonCode.TOO_LARGE);
    assertThat(codes(fleet.place("e", List.of(new Shape(65_000, 1, new None())))))
        .containsExactly(ReasonCode.TOO_LARGE);
    assertThat(codes(fleet.place("f", new WholeGpus("H200-141", 0))))
        .containsExactly(ReasonCode.INVALID_SHAPE);
    assertThat(codes(fleet.place("g", new TpuSlice("v5e", 2, 3, 1))))
        .containsExactly(ReasonCode.INVALID_SHAPE);
    assertThat(codes(fleet.place("bad id", T4))).containsExactly(ReasonCode.INVALID_SHAPE);
    assertThat(codes(fleet.place("none"))).containsExactly(ReasonCode.INVALID_SHAPE);
    assertThat(fleet.state.placements()).isEmpty();
  }

  @Test
  void waitsWhileNoNodeIsKnownOrReady() {
    // Given
    Fleet fleet = new Fleet();

    // When
    Outcome none = fleet.place("early", T4);
    fleet.step(new Event.NodeRegistered("n", Hardware.gpus("T4-16", 1, 0)));
    Outcome notReady = fleet.place("early", T4);
    fleet.step(new Event.Heartbeat("n", List.of()));

    // Then
    assertThat(codes(none)).containsExactly(ReasonCode.NODES_NOT_READY);
    assertThat(codes(notReady)).containsExactly(ReasonCode.NODES_NOT_READY);
    assertThat(fleet.placement("early")).isInstanceOf(Placement.Placed.class);
  }

  @Test
  void gangsAreAllOrNothing() {
    // Given
    Fleet fleet = new Fleet().with("n", Hardware.gpus("T4-16", 4, 0));
    fleet.place("one", T4);

    // When
    Outcome outcome = fleet.gang("gang", 4, T4);

    // Then
    assertThat(codes(outcome))
        .containsExactly(ReasonCode.GANG_INCOMPLETE, ReasonCode.INSUFFICIENT_ACCELERATORS);
    assertThat(fleet.state.nodes().get("n"))
        .isNotNull()
        .satisfies(n -> assertThat(n.leases()).hasSize(1));
    fleet.free("one");
    assertThat(fleet.placement("gang").leases()).hasSize(4);
  }

  @Test
  void theQueueIsFirstComeFirstServedWithBackfill() {
    // Given
    Fleet fleet = new Fleet().with("n", Hardware.gpus("T4-16", 2, 0));
    fleet.place("a", T4);
    fleet.place("b", T4);
    fleet.place("two", new WholeGpus("T4-16", 2));
    fleet.place("first", T4);
    fleet.place("second", T4);

    // When
    fleet.free("a");

    // Then
    assertThat(fleet.placement("first")).isInstanceOf(Placement.Placed.class);
    assertThat(fleet.position("two")).isEqualTo(1);
    assertThat(fleet.position("second")).isEqualTo(2);
  }

  @Test
  void devicesAreFreeOnlyWhenEveryLeaseIsGone() {
    // Given
    Fleet fleet = new Fleet();
    fleet.with("a", Hardware.gpus("T4-16", 1, 0)).with("b", Hardware.gpus("T4-16", 1, 0));
    fleet.gang("gang", 2, T4);
    fleet.place("next", T4);

    // When
    List<Effect> released = fleet.step(new Event.Release("gang"));
    fleet.step(new Event.LeaseGone("a", "gang#0"));

    // Then
    assertThat(released)
        .contains(
            new Effect.LeaseRevoked("a", "gang#0"),
            new Effect.LeaseRevoked("b", "gang#1"),
            new Effect.ReleaseAnswered(false));
    assertThat(fleet.placement("next")).isInstanceOf(Placement.Waiting.class);
    fleet.step(new Event.LeaseGone("b", "gang#1"));
    assertThat(fleet.placement("next")).isInstanceOf(Placement.Placed.class);
    assertThat(fleet.state.placements()).doesNotContainKey("gang");
  }

  @Test
  void aNodeCannotSpeakForTheLeaseOfAnother() {
    // Given
    Fleet fleet = new Fleet();
    fleet.with("a", Hardware.gpus("T4-16", 1, 0)).with("b", Hardware.gpus("T4-16", 1, 0));
    fleet.place("x", T4);
    fleet.step(new Event.Release("x"));

    // When
    fleet.step(new Event.LeaseGone("b", "x#0"));

    // Then
    assertThat(fleet.placement("x")).isInstanceOf(Placement.Releasing.class);
  }

  @Test
  void placeIsIdempotentByIdAndContent() {
    // Given
    Fleet fleet = new Fleet().with("n", Hardware.gpus("T4-16", 1, 0));
    Outcome first = fleet.place("x", T4);

    // When
    Outcome again = fleet.place("x", T4);
    Outcome other = fleet.place("x", new WholeGpus("T4-16", 2));

    // Then
    assertThat(again).isEqualTo(first);
    assertThat(codes(other)).containsExactly(ReasonCode.CONFLICTING_REQUEST);
  }

  @Test
  void lostNodesKeepTheirLeasesAndGetNothingNew() {
    // Given
    Fleet fleet = new Fleet().with("n", Hardware.gpus("T4-16", 2, 0));
    fleet.place("x", T4);
    fleet.now += 11_000_000_000L;

    // When
    List<Effect> effects = fleet.step(new Event.Tick());
    Outcome outcome = fleet.place("y", T4);

    // Then
    assertThat(effects).containsExactly(new Effect.NodeBecameLost("n"));
    assertThat(codes(outcome)).containsExactly(ReasonCode.NODES_NOT_READY);
    assertThat(fleet.placement("x").leases()).hasSize(1);
    fleet.step(new Event.Heartbeat("n", List.of("x#0")));
    assertThat(fleet.placement("y")).isInstanceOf(Placement.Placed.class);
  }

  @Test
  void unknownAndReleasingLeasesOfAHeartbeatAreRevoked() {
    // Given
    Fleet fleet = new Fleet().with("n", Hardware.gpus("T4-16", 2, 0));
    fleet.place("kept", T4);
    fleet.place("left", T4);
    fleet.step(new Event.Release("left"));

    // When
    List<Effect> effects =
        fleet.step(new Event.Heartbeat("n", List.of("kept#0", "left#0", "ghost#0")));

    // Then
    assertThat(effects)
        .containsExactly(
            new Effect.LeaseRevoked("n", "left#0"), new Effect.LeaseRevoked("n", "ghost#0"));
  }

  @Test
  void unhealthyDevicesGetNothingNew() {
    // Given
    Fleet fleet = new Fleet().with("n", Hardware.gpus("T4-16", 1, 0));
    fleet.step(new Event.DeviceHealth("n", "gpu-0", false));

    // When
    Outcome outcome = fleet.place("x", T4);
    fleet.step(new Event.DeviceHealth("n", "gpu-0", true));

    // Then
    assertThat(codes(outcome)).containsExactly(ReasonCode.INSUFFICIENT_ACCELERATORS);
    assertThat(fleet.placement("x")).isInstanceOf(Placement.Placed.class);
  }

  @Test
  void explainsNodeByNodeWithoutChangingAnything() {
    // Given
    Fleet fleet = new Fleet();
    fleet.with("a", Hardware.gpus("T4-16", 1, 0)).with("b", Hardware.cpu(1_000, 1_000));
    fleet.place("x", T4);

    // When
    State before = fleet.state;
    var verdicts = Explanations.verdicts(before, fleet.placement("x").request());

    // Then
    assertThat(verdicts)
        .extracting(v -> v.blocking() == null ? "fits" : v.blocking().code().name())
        .containsExactly("INSUFFICIENT_ACCELERATORS", "NO_SUCH_DEVICE");
    assertThat(fleet.state).isSameAs(before);
  }

  @Test
  void countsWhatWouldFit() {
    // Given
    Fleet fleet = new Fleet().with("n", Hardware.gpus("H200-141", 2, 0));
    fleet.place("x", new WholeGpus("H200-141", 1));
    Flavor flavor =
        new Flavor("slice", "v1", new Shape(1_000, 1_024, new MigSlice("H200-141", "1g.18gb")), 1);

    // When
    FlavorFit fit = FlavorFit.of(fleet.state, flavor);

    // Then
    assertThat(List.of(fit.now(), fit.empty())).containsExactly(7, 14);
  }

  @Test
  void releaseOfUnknownAndWaitingIsGoneAtOnce() {
    // Given
    Fleet fleet = new Fleet();
    fleet.place("x", T4);

    // When // Then
    assertThat(fleet.step(new Event.Release("x"))).contains(new Effect.ReleaseAnswered(true));
    assertThat(fleet.step(new Event.Release("x")))
        .containsExactly(new Effect.ReleaseAnswered(true));
    assertThat(fleet.state.placements()).isEmpty();
  }

  @Test
  void aLargeQueueIsPlacedInSmallTransactions() {
    // Given
    Fleet fleet = new Fleet();
    for (int i = 0; i < 1_200; i++) {
      fleet.place("p" + i, List.of(new Shape(1, 1, new None())));
    }

    // When
    fleet.with("n", Hardware.cpu(32_000, 64_000));

    // Then
    assertThat(fleet.state.queue()).hasSize(1_200 - WaitingQueue.MAX_LEASES_PER_PASS);
    assertThat(fleet.state.retry()).isTrue();
    fleet.step(new Event.Tick());
    fleet.step(new Event.Tick());
    assertThat(fleet.state.queue()).isEmpty();
  }

  private static List<ReasonCode> codes(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Placed placed -> List.of();
      case Outcome.Waiting waiting -> waiting.reasons().stream().map(Reason::code).toList();
      case Outcome.Rejected rejected -> rejected.reasons().stream().map(Reason::code).toList();
    };
  }
}
