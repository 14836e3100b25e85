package dev.berth.scheduler.core.whatif;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.scheduler.core.Fleet;
import dev.berth.scheduler.core.Hardware;
import dev.berth.scheduler.core.Outcome;
import dev.berth.scheduler.core.State;
import dev.berth.scheduler.core.model.Accelerator;
import dev.berth.scheduler.core.model.Accelerator.WholeGpus;
import dev.berth.scheduler.core.model.Placement;
import dev.berth.scheduler.core.model.Request;
import dev.berth.scheduler.core.model.Shape;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PlanTest {
  private static final WholeGpus T4 = new WholeGpus("T4-16", 1);
  private final Fleet fleet =
      new Fleet().with("a", Hardware.gpus("T4-16", 2, 0)).with("b", Hardware.gpus("T4-16", 2, 0));

  @Test
  void addedNodesTakeTheQueueAndNothingIsCommitted() {
    // Given
    fleet.gang("busy", 4, T4);
    fleet.gang("waits", 2, T4);
    State before = fleet.state;

    // When
    StepResult added = simulate(new Step.AddLike("a", 1)).getFirst();

    // Then
    assertThat(added.shifts()).singleElement().matches(s -> s.placementId().equals("waits"));
    assertThat(nodes(added.shifts().getFirst().after())).containsExactly("a-copy-1", "a-copy-1");
    assertThat(fleet.state).isSameAs(before);
  }

  @Test
  void aDrainTellsWhereWhatIsDisplacedWouldGo() {
    // Given
    fleet.place("first", T4);
    fleet.place("second", new WholeGpus("T4-16", 2));
    String drained = nodes(fleet.placement("first")).getFirst();
    String other = drained.equals("a") ? "b" : "a";
    assertThat(nodes(fleet.placement("second"))).containsExactly(other);

    // When
    List<StepResult> results =
        simulate(new Step.Drain(drained), new Step.Release("second"), new Step.Ready(drained));

    // Then
    assertThat(results.getFirst().shifts())
        .singleElement()
        .matches(shift -> shift.before() instanceof Placement.Placed)
        .matches(shift -> shift.answer() instanceof Outcome.Waiting w && w.position() == 1);
    assertThat(results.get(1).shifts())
        .extracting(Shift::placementId)
        .containsExactlyInAnyOrder("first", "second");
    assertThat(nodes(results.get(1).shifts().get(1).after())).containsExactly(other);
    assertThat(results.get(2).shifts()).isEmpty();
  }

  @Test
  void aRemovedNodeCannotBeWaitedFor() {
    // Given
    fleet.gang("gang", 4, T4);

    // When
    Shift drained = simulate(new Step.Drain("a")).getFirst().shifts().getFirst();
    Shift removed = simulate(new Step.Remove("a")).getFirst().shifts().getFirst();

    // Then
    assertThat(drained.answer()).isInstanceOf(Outcome.Waiting.class);
    assertThat(drained.after()).isInstanceOf(Placement.Waiting.class);
    assertThat(removed.answer()).isInstanceOf(Outcome.Rejected.class);
    assertThat(removed.after()).isNull();
  }

  @Test
  void stepsSeeWhatTheOnesBeforeThemDid() {
    // When
    List<StepResult> results =
        simulate(
            new Step.Submit(request("one", 4)),
            new Step.Submit(request("two", 1)),
            new Step.Release("one"),
            new Step.Health("a", "gpu-1", false),
            new Step.Submit(request("three", 3)),
            new Step.AddNodes(Hardware.gpus("T4-16", 1, 0), 1));

    // Then
    assertThat(results.get(0).answer()).isInstanceOf(Outcome.Placed.class);
    assertThat(results.get(1).answer()).isInstanceOf(Outcome.Waiting.class);
    assertThat(results.get(2).shifts()).hasSize(2);
    assertThat(results.get(4).answer()).isInstanceOf(Outcome.Waiting.class);
    assertThat(nodes(results.get(5).shifts().getFirst().after())).contains("simulated-1");
  }

  @Test
  void aPlanThatCannotBeTriedSaysWhy() {
    // When // Then
    assertThat(refusal(new Step.Drain("ghost"))).contains("Step 1", "ghost");
    assertThat(refusal(new Step.Release("ghost"))).contains("ghost");
    assertThat(refusal(new Step.AddLike("a", 0))).contains("count");
    assertThat(refusal(new Step.AddLike("a", 900), new Step.AddLike("a", 101))).contains("1001");
    assertThat(refusal(Collections.nCopies(65, new Step.Ready("a")).toArray(Step[]::new)))
        .contains("65");
  }

  private List<StepResult> simulate(Step... steps) {
    Simulated simulated = Plan.simulate(fleet.scheduler, fleet.state, List.of(steps), fleet.now);
    assertThat(simulated).isInstanceOf(Simulated.Done.class);
    return simulated instanceof Simulated.Done done ? done.results() : List.of();
  }

  private String refusal(Step... steps) {
    Simulated simulated = Plan.simulate(fleet.scheduler, fleet.state, List.of(steps), fleet.now);
    return simulated instanceof Simulated.Refused refused ? refused.why() : "";
  }

  private static Request request(String id, int members) {
    Shape shape = new Shape(1_000, 1_024, (Accelerator) T4);
    return new Request(
        id, Collections.nCopies(members, shape), "acme", "Space acme/" + id, "f", "v1");
  }

  private static List<String> nodes(@Nullable Placement placement) {
    return placement == null ? List.of() : placement.leases().stream().map(l -> l.node()).toList();
  }
}
