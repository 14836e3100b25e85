package dev.berth.scheduler.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.scheduler.core.explain.Explanations;
import dev.berth.scheduler.core.model.Accelerator.GpuShare;
import dev.berth.scheduler.core.model.Accelerator.WholeGpus;
import dev.berth.scheduler.core.model.Lease;
import dev.berth.scheduler.core.model.Placement;
import dev.berth.scheduler.core.model.Policy;
import dev.berth.scheduler.core.model.Reason;
import dev.berth.scheduler.core.model.ReasonCode;
import dev.berth.scheduler.core.model.Request;
import dev.berth.scheduler.core.model.Shape;
import dev.berth.scheduler.core.model.Topology.Level;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class GangTest {
  private static final Shape ONE = gpus("T4-16", 1);

  @Test
  void aRequiredRackHoldsAllMembersAndTheTightestOneIsTaken() {
    // Given
    Fleet fleet = racks(3, 2, 4);
    fleet.place("busy", new WholeGpus("T4-16", 2)); // on r0-0, so rack r0 has 6 left

    // When
    place(fleet, "gang", 6, Sites.together(Level.RACK, true));

    // Then
    assertThat(nodes(fleet, "gang")).containsOnly("r0-0", "r0-1");
  }

  @Test
  void aGangPacksOntoFewestNodes() {
    // Given
    Fleet fleet = racks(1, 4, 4);
    fleet.place("busy", new WholeGpus("T4-16", 3));

    // When
    place(fleet, "gang", 5, Policy.DEFAULT);

    // Then
    assertThat(nodes(fleet, "gang")).hasSize(2).contains("r0-0");
  }

  @Test
  void aRequiredRackThatIsTooFullIsProvedWithTheBestRack() {
    // Given
    Fleet fleet = racks(2, 2, 4);
    fleet.place("a", new WholeGpus("T4-16", 3));
    fleet.place("b", new WholeGpus("T4-16", 3));
    fleet.place("c", new WholeGpus("T4-16", 3));

    // When
    Outcome outcome = place(fleet, "gang", 6, Sites.together(Level.RACK, true));

    // Then
    Reason reason = reasons(outcome).getFirst();
    assertThat(outcome).isInstanceOf(Outcome.Waiting.class);
    assertThat(reason.code()).isEqualTo(ReasonCode.GANG_INCOMPLETE);
    assertThat(List.of(reason.asked(), reason.free())).containsExactly(6L, 5L);
    assertThat(reason.message())
        .startsWith("At most 5 of 6 members fit now in one rack (best: r1);");
  }

  @Test
  void aPreferredRackIsWidenedRatherThanWaitedFor() {
    // Given
    Fleet fleet = racks(2, 2, 2);

    // When
    place(fleet, "small", 4, Sites.together(Level.RACK, false));
    place(fleet, "large", 4, Sites.together(Level.NODE, false));

    // Then
    assertThat(nodes(fleet, "small")).containsOnly("r0-0", "r0-1");
    assertThat(nodes(fleet, "large")).containsOnly("r1-0", "r1-1");
  }

  @Test
  void whatNoRackCouldEverHoldIsRejected() {
    // Given
    Fleet fleet = racks(2, 2, 2);
    fleet.with("nowhere", Hardware.gpus("T4-16", 8, 0));

    // When
    Outcome outcome = place(fleet, "gang", 5, Sites.together(Level.RACK, true));

    // Then
    assertThat(outcome).isInstanceOf(Outcome.Rejected.class);
    assertThat(codes(outcome)).containsExactly(ReasonCode.TOO_LARGE);
    assertThat(reasons(outcome).getFirst().free()).isEqualTo(4);
  }

  @Test
  void aGangOfWholeNodesIsRefusedWithItsNumbers() {
    // Given
    Fleet fleet = racks(10, 1, 8);
    fleet.place("busy", new WholeGpus("T4-16", 1));

    // When
    Outcome outcome =
        fleet.place("gang", Collections.nCopies(10, new Shape(1, 1, new WholeGpus("T4-16", 8))));

    // Then
    Reason reason = reasons(outcome).getFirst();
    assertThat(reason.code()).isEqualTo(ReasonCode.GANG_INCOMPLETE);
    assertThat(List.of(reason.asked(), reason.free())).containsExactly(10L, 9L);
  }

  @Test
  void unlikeMembersAreProvedImpossibleByASetOfThem() {
    // Given
    Fleet fleet = racks(1, 1, 4);
    fleet.place("busy", new WholeGpus("T4-16", 1));

    // When
    Outcome outcome =
        fleet.place(
            "gang",
            new WholeGpus("T4-16", 2),
            new GpuShare("T4-16", 600, 1),
            new GpuShare("T4-16", 500, 1));

    // Then
    assertThat(codes(outcome)).first().isEqualTo(ReasonCode.GANG_INCOMPLETE);
  }

  @Test
  void unlikeMembersThatAreOnlyNotFoundSaySo() {
    // Given: two halves of 600 and two of 300 milli fill a card each, the third 600 has no card
    Fleet fleet = racks(1, 1, 2);
    GpuShare large = new GpuShare("T4-16", 600, 1);

    // When
    Outcome outcome =
        fleet.place(
            "gang", large, large, new GpuShare("T4-16", 350, 1), new GpuShare("T4-16", 450, 1));

    // Then
    assertThat(codes(outcome)).contains(ReasonCode.NOT_FOUND_IN_BUDGET);
  }

  @Test
  void unlikeMembersAreFoundByGoingBack() {
    // Given: the tightest node for the pair is the one that the third member needs
    Fleet fleet = new Fleet();
    fleet.with("both", Hardware.cpu(4_000, 64_000)).with("other", Hardware.cpu(5_000, 8_000));
    Shape first = cpu(4_000, 8_000);
    Shape second = cpu(3_900, 60_000);

    // When
    Outcome outcome = fleet.place("gang", List.of(first, second));

    // Then
    assertThat(outcome).isInstanceOf(Outcome.Placed.class);
    assertThat(fleet.placement("gang").leases())
        .extracting(Lease::node)
        .containsExactly("other", "both");
  }

  @Test
  void regionsAreAHardFilter() {
    // Given
    Fleet fleet = new Fleet();
    fleet.with("us", Sites.at(Hardware.gpus("T4-16", 4, 0), "us-east", ""));
    fleet.with("eu", Sites.at(Hardware.gpus("T4-16", 1, 0), "eu-west", ""));
    fleet.with("unknown", Hardware.gpus("T4-16", 4, 0));

    // When
    Outcome first = place(fleet, "a", 1, Sites.in("eu-west"));
    Outcome second = place(fleet, "b", 1, Sites.in("eu-west"));
    Outcome gang = place(fleet, "c", 2, Sites.in("eu-west"));
    Outcome nowhere = place(fleet, "d", 1, Sites.in("ap-south"));

    // Then
    assertThat(first).isInstanceOf(Outcome.Placed.class);
    assertThat(nodes(fleet, "a")).containsOnly("eu");
    assertThat(codes(second)).containsExactly(ReasonCode.INSUFFICIENT_ACCELERATORS);
    assertThat(codes(gang)).containsExactly(ReasonCode.TOO_LARGE);
    assertThat(codes(nowhere)).containsExactly(ReasonCode.REGION_NOT_ALLOWED);
    assertThat(Explanations.verdicts(fleet.state, fleet.placement("b").request()))
        .extracting(v -> v.blocking() == null ? "fits" : v.blocking().code().name())
        .containsExactly("INSUFFICIENT_ACCELERATORS", "REGION_NOT_ALLOWED", "REGION_NOT_ALLOWED");
  }

  @Test
  void theFirstFallbackThatFitsIsTakenAndSaid() {
    // Given
    Fleet fleet = new Fleet();
    fleet.with("h", Hardware.gpus("H200-141", 1, 0)).with("a", Hardware.gpus("A100-80", 2, 0));
    Policy policy = Sites.orElse(other("a100-huge", "A100-80", 3), other("a100", "A100-80", 1));
    Request request = Sites.request("x", List.of(gpus("H200-141", 1)), policy);

    // When
    fleet.step(new Event.Place(request));
    fleet.step(new Event.Place(Sites.request("y", request.members(), policy)));

    // Then
    assertThat(((Placement.Placed) fleet.placement("x")).granted().flavor()).isEqualTo("asked");
    Placement.Placed second = (Placement.Placed) fleet.placement("y");
    assertThat(second.choice()).isEqualTo(2);
    assertThat(second.granted().flavor() + " " + second.granted().catalogVersion())
        .isEqualTo("a100 v2");
    assertThat(nodes(fleet, "y")).containsOnly("a");
  }

  @Test
  void aFallbackMustHaveAsManyMembers() {
    // Given
    Fleet fleet = racks(1, 1, 1);
    Policy policy = Sites.orElse(new Policy.Alternative("none", "v1", List.of()));

    // When
    Outcome outcome = place(fleet, "x", 1, policy);

    // Then
    assertThat(codes(outcome)).containsExactly(ReasonCode.INVALID_SHAPE);
  }

  private static Policy.Alternative other(String flavor, String model, int count) {
    return new Policy.Alternative(flavor, "v2", List.of(gpus(model, count)));
  }

  private static Shape gpus(String model, int count) {
    return new Shape(1_000, 1_024, new WholeGpus(model, count));
  }

  private static Shape cpu(long milli, long memoryMib) {
    return new Shape(milli, memoryMib, new dev.berth.scheduler.core.model.Accelerator.None());
  }

  private static Fleet racks(int racks, int nodes, int cards) {
    Fleet fleet = new Fleet();
    for (int r = 0; r < racks; r++) {
      for (int n = 0; n < nodes; n++) {
        fleet.with("r" + r + "-" + n, Sites.at(Hardware.gpus("T4-16", cards, 0), "eu", "r" + r));
      }
    }
    return fleet;
  }

  private static Outcome place(Fleet fleet, String id, int members, Policy policy) {
    fleet.step(new Event.Place(Sites.request(id, Collections.nCopies(members, ONE), policy)));
    return fleet.effects.stream()
        .filter(Effect.PlaceAnswered.class::isInstance)
        .map(e -> ((Effect.PlaceAnswered) e).outcome())
        .findFirst()
        .orElseThrow();
  }

  private static List<String> nodes(Fleet fleet, String id) {
    return fleet.placement(id).leases().stream().map(Lease::node).distinct().toList();
  }

  private static List<Reason> reasons(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Placed placed -> List.of();
      case Outcome.Waiting waiting -> waiting.reasons();
      case Outcome.Rejected rejected -> rejected.reasons();
    };
  }

  private static List<ReasonCode> codes(Outcome outcome) {
    return reasons(outcome).stream().map(Reason::code).toList();
  }
}
