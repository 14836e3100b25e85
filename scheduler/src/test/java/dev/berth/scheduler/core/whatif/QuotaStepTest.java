package dev.berth.scheduler.core.whatif;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.scheduler.core.Event;
import dev.berth.scheduler.core.Fleet;
import dev.berth.scheduler.core.Hardware;
import dev.berth.scheduler.core.State;
import dev.berth.scheduler.core.model.Accelerator;
import dev.berth.scheduler.core.model.Placement;
import dev.berth.scheduler.core.model.Policy;
import dev.berth.scheduler.core.model.Request;
import dev.berth.scheduler.core.model.Shape;
import dev.berth.scheduler.core.model.Topology;
import dev.berth.scheduler.core.quota.Limits;
import dev.berth.scheduler.core.quota.QuotaChange;
import dev.berth.scheduler.core.quota.QuotaNode;
import dev.berth.scheduler.core.quota.QuotaTree;
import dev.berth.scheduler.core.quota.Quotas;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Two queues of one cohort on three cards: what would be with another quota. */
class QuotaStepTest {
  private static final Shape T4 = new Shape(1, 1, new Accelerator.WholeGpus("T4-16", 1));
  private final Fleet fleet = new Fleet().with("a", Hardware.gpus("T4-16", 3, 0));

  @Test
  void aHigherQuotaAdmitsAndPlacesAndChangesNothingHere() {
    // Given one card in use by a, whose quota is 1, and three more asked
    publish(1, 0);
    place("a1", "qa", false);
    place("a2", "qa", false);
    place("a3", "qa", false);
    place("a4", "qa", false);
    State before = fleet.state;

    // When
    StepResult raised = simulate(new QuotaChange("qa", "t4", 4L, null, null));

    // Then two find a card, and one waits for a card instead of the quota
    assertThat(raised.quota())
        .isEqualTo(new QuotaEffect(List.of("a2", "a3"), List.of(), List.of("a4")));
    assertThat(raised.shifts()).extracting(Shift::placementId).containsExactly("a2", "a3");
    assertThat(raised.shifts()).allMatch(s -> s.after() instanceof Placement.Placed);
    assertThat(fleet.state).isSameAs(before);
  }

  @Test
  void whatIsLentIsTakenBackWhenItsOwnerIsGivenMore() {
    // Given b borrows all three cards
    publish(0, 3);
    place("b1", "qb", true);
    place("b2", "qb", true);
    place("b3", "qb", true);
    place("a1", "qa", false);

    // When b has two and a has one
    StepResult lowered = simulate(new QuotaChange("qb", "t4", 2L, null, null));
    StepResult both =
        simulate(
                new QuotaChange("qb", "t4", 2L, null, null),
                new QuotaChange("qa", "t4", 1L, null, null))
            .get(1);

    // Then
    assertThat(lowered.quota()).isEqualTo(new QuotaEffect(List.of(), List.of(), List.of()));
    assertThat(both.quota())
        .isNotNull()
        .matches(effect -> effect.placed().equals(List.of("a1")))
        .matches(effect -> effect.preempted().size() == 1)
        .matches(effect -> effect.preempted().getFirst().startsWith("b"));
    assertThat(both.shifts()).hasSize(2);
  }

  @Test
  void aChangeThatCannotBeSaysWhy() {
    // Given
    publish(1, 2);

    // When // Then
    assertThat(refusal(new QuotaChange("ghost", "t4", 1L, null, null)))
        .contains("Step 1", "'ghost'", "not published");
    assertThat(refusal(new QuotaChange("qa", "h200", 1L, null, null)))
        .contains("'h200'", "not limited", "[t4]");
    assertThat(refusal(new QuotaChange("qa", "t4", -1L, null, null))).contains("nominal=-1");
    assertThat(refusal(new QuotaChange("qa", "t4", null, -5L, null))).contains("borrowing=-5");
    assertThat(refusal(new QuotaChange("qa", "t4", null, 3L, null)))
        .contains("borrow 3", "'c'", "more than 2");
    assertThat(refusal(new QuotaChange("qa", "t4", null, null, 2L))).contains("lend 2", "has 1");
    assertThat(refusal(new QuotaChange("c", "t4", null, 1L, null))).contains("no parent");
    assertThat(refusal(new QuotaChange("qa", "t4", null, null, null))).contains("no limit");
    assertThat(refusal(new QuotaChange("qa", "t4", null, 2L, 1L))).isEmpty();
  }

  private void publish(long a, long b) {
    Quotas quotas =
        new Quotas(
            List.of(
                new QuotaNode("c", "", 1, Map.of("t4", Limits.of(0))),
                new QuotaNode("qa", "c", 1, Map.of("t4", Limits.of(a))),
                new QuotaNode("qb", "c", 1, Map.of("t4", Limits.of(b)))),
            0,
            0);
    fleet.step(new Event.PublishQuotas(QuotaTree.of(quotas)));
  }

  private void place(String id, String queue, boolean preemptible) {
    Policy policy =
        new Policy(0, preemptible, queue, Topology.ANYWHERE, List.of(), List.of(), 0, 0);
    fleet.step(
        new Event.Place(
            new Request(id, List.of(T4), "acme", "Space acme/" + id, "t4", "v1", policy)));
  }

  private StepResult simulate(QuotaChange change) {
    return simulate(new QuotaChange[] {change}).getFirst();
  }

  private List<StepResult> simulate(QuotaChange... changes) {
    return run(changes) instanceof Simulated.Done done ? done.results() : List.of();
  }

  private String refusal(QuotaChange change) {
    return run(change) instanceof Simulated.Refused refused ? refused.why() : "";
  }

  private Simulated run(QuotaChange... changes) {
    List<Step> steps = List.of(changes).stream().<Step>map(Step.Quota::new).toList();
    return Plan.simulate(fleet.scheduler, fleet.state, steps, fleet.now);
  }
}
