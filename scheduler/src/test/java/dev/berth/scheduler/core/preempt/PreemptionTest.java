package dev.berth.scheduler.core.preempt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.scheduler.core.Effect;
import dev.berth.scheduler.core.Event;
import dev.berth.scheduler.core.Fleet;
import dev.berth.scheduler.core.Hardware;
import dev.berth.scheduler.core.Outcome;
import dev.berth.scheduler.core.model.Accelerator;
import dev.berth.scheduler.core.model.Eviction;
import dev.berth.scheduler.core.model.Placement;
import dev.berth.scheduler.core.model.Policy;
import dev.berth.scheduler.core.model.ReasonCode;
import dev.berth.scheduler.core.model.Request;
import dev.berth.scheduler.core.model.Shape;
import dev.berth.scheduler.core.model.Topology;
import dev.berth.scheduler.core.quota.Limits;
import dev.berth.scheduler.core.quota.QuotaNode;
import dev.berth.scheduler.core.quota.QuotaTree;
import dev.berth.scheduler.core.quota.Quotas;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class PreemptionTest {
  private final Fleet fleet = new Fleet();

  private void node(String name, int cards) {
    fleet.with(name, Hardware.gpus("T4-16", cards, 0));
  }

  private void place(String id, String queue, int priority, int members, int cards) {
    place(id, queue, priority, members, cards, 0);
  }

  /** Priority 0 and below is preemptible. */
  private void place(
      String id, String queue, int priority, int members, int cards, long checkpoint) {
    Policy policy =
        new Policy(
            priority, priority <= 0, queue, Topology.ANYWHERE, List.of(), List.of(), 0, checkpoint);
    Shape shape = new Shape(1_000, 1_024, new Accelerator.WholeGpus("T4-16", cards));
    fleet.step(
        new Event.Place(
            new Request(
                id,
                Collections.nCopies(members, shape),
                queue,
                "Space " + id,
                "t4",
                "v1",
                policy)));
  }

  private void quotas(Map<String, Limits> queues, long coolDown) {
    List<QuotaNode> nodes = new java.util.ArrayList<>();
    nodes.add(new QuotaNode("c", "", 1, Map.of()));
    queues.forEach((name, limits) -> nodes.add(new QuotaNode(name, "c", 1, Map.of("t4", limits))));
    fleet.step(new Event.PublishQuotas(QuotaTree.of(new Quotas(nodes, 0, coolDown))));
  }

  private Eviction eviction(String id) {
    return fleet.placement(id) instanceof Placement.Releasing releasing
        ? Objects.requireNonNull(releasing.eviction(), id + " was not taken back")
        : fail(id + " is " + fleet.placement(id));
  }

  private static <T> T fail(String message) {
    throw new AssertionError(message);
  }

  private boolean placed(String id) {
    return fleet.placement(id) instanceof Placement.Placed;
  }

  private boolean waits(String id) {
    return fleet.placement(id) instanceof Placement.Waiting;
  }

  @Test
  void aHigherPriorityTakesAWholeGangBackAndNothingElse() {
    // Given
    node("a", 1);
    node("b", 1);
    place("gang", "acme", 0, 2, 1);

    // When
    place("urgent", "acme", 5, 1, 1);

    // Then
    assertThat(eviction("gang").kind()).isEqualTo(Eviction.Kind.PREEMPTED);
    assertThat(eviction("gang").by()).isEqualTo("urgent");
    assertThat(fleet.effects)
        .contains(new Effect.LeaseRevoked("a", "gang#0"), new Effect.LeaseRevoked("b", "gang#1"));
    fleet.drain("gang");
    assertThat(placed("urgent")).isTrue();
    assertThat(fleet.state.placements()).doesNotContainKey("gang");
  }

  @Test
  void nobodyTakesWhatIsKeptForTheNominee() {
    // Given
    node("a", 2);
    place("low", "acme", 0, 1, 1);
    place("urgent", "acme", 5, 1, 2);

    // When: one card is free all the time, and then both are.
    place("thief", "other", 9, 1, 1);
    assertThat(waits("thief")).isTrue();
    fleet.drain("low");

    // Then
    assertThat(placed("urgent")).isTrue();
    assertThat(waits("thief")).isTrue();
    fleet.step(new Event.Release("urgent"));
    fleet.drain("urgent");
    assertThat(placed("thief")).isTrue();
  }

  @Test
  void aNomineeThatIsReleasedLeavesWhatWasKeptToOthers() {
    // Given
    node("a", 2);
    place("low", "acme", 0, 1, 1);
    place("urgent", "acme", 5, 1, 2);
    place("next", "other", 0, 1, 1);

    // When
    fleet.step(new Event.Release("urgent"));

    // Then
    assertThat(placed("next")).isTrue();
  }

  @Test
  void equalPriorityOtherTenantsAndTheUnwillingAreLeftAlone() {
    // Given
    node("a", 3);
    place("equal", "acme", 0, 1, 1);
    place("firm", "acme", 1, 1, 1);
    place("other", "other", -5, 1, 1);

    // When
    place("same", "acme", 0, 1, 1);
    place("large", "acme", 5, 1, 2);

    // Then
    assertThat(List.of("equal", "firm", "other")).allMatch(this::placed);
    assertThat(List.of("same", "large")).allMatch(this::waits);
  }

  @Test
  void theCheapestGoes() {
    // Given
    node("a", 3);
    place("costly", "acme", 0, 1, 1, 1_000);
    place("old", "acme", 0, 1, 1);
    place("young", "acme", 0, 1, 1);

    // When
    place("urgent", "acme", 5, 1, 1);

    // Then
    assertThat(eviction("young").by()).isEqualTo("urgent");
    assertThat(List.of("costly", "old")).allMatch(this::placed);
  }

  @Test
  void aQueueTakesItsOwnQuotaBackFromThoseWhoBorrowIt() {
    // Given
    node("a", 4);
    quotas(Map.of("lender", Limits.of(2), "borrower", Limits.of(2)), 0);
    place("b1", "borrower", 0, 1, 2);
    place("b2", "borrower", 0, 2, 1);
    assertThat(placed("b2")).isTrue();

    // When
    place("mine", "lender", -1, 1, 1);

    // Then
    assertThat(eviction("b2").kind()).isEqualTo(Eviction.Kind.RECLAIMED);
    fleet.drain("b2");
    assertThat(placed("mine")).isTrue();
    assertThat(placed("b1")).isTrue();
  }

  @Test
  void aQueueReclaimsWhatItsCohortOwns() {
    // Given
    node("a", 4);
    List<QuotaNode> nodes =
        List.of(
            new QuotaNode("root", "", 1, Map.of()),
            new QuotaNode("lenders", "root", 1, Map.of("t4", Limits.of(2))),
            new QuotaNode("lender", "lenders", 1, Map.of()),
            new QuotaNode("borrower", "root", 1, Map.of("t4", Limits.of(2))));
    fleet.step(new Event.PublishQuotas(QuotaTree.of(new Quotas(nodes, 0, 0))));
    place("b1", "borrower", 0, 3, 1);
    place("b2", "borrower", 0, 1, 1);

    // When
    place("mine", "lender", 0, 1, 1);

    // Then
    assertThat(eviction("b2").kind()).isEqualTo(Eviction.Kind.RECLAIMED);
    assertThat(placed("b1")).isTrue();
  }

  @Test
  void whoIsOverItsOwnQuotaReclaimsNothing() {
    // Given
    node("a", 4);
    quotas(Map.of("lender", Limits.of(1), "borrower", Limits.of(1)), 0);
    place("b1", "borrower", 0, 2, 2);

    // When
    place("mine", "lender", 0, 2, 1);

    // Then
    assertThat(placed("b1")).isTrue();
    assertThat(waits("mine")).isTrue();
  }

  @Test
  void aFullQuotaWaitsWithNumbersUntilItHasRoom() {
    // Given
    node("a", 4);
    quotas(Map.of("q", Limits.of(2)), 0);
    place("x", "q", 1, 2, 1);

    // When
    place("y", "q", 1, 1, 1);

    // Then
    assertThat(fleet.effects)
        .filteredOn(Effect.PlaceAnswered.class::isInstance)
        .singleElement()
        .extracting(e -> ((Effect.PlaceAnswered) e).outcome())
        .satisfies(
            outcome -> {
              var reason = ((Outcome.Waiting) outcome).reasons().getFirst();
              assertThat(reason.code()).isEqualTo(ReasonCode.QUOTA_EXCEEDED);
              assertThat(List.of(reason.asked(), reason.free(), reason.total()))
                  .containsExactly(1L, 0L, 2L);
            });
    fleet.free("x");
    assertThat(placed("y")).isTrue();
  }

  @Test
  void anOwnerThatLostAPlacementIsSparedForAWhile() {
    // Given
    node("a", 1);
    quotas(Map.of("q", Limits.of(9)), 5_000_000_000L);
    place("low", "q", 0, 1, 1);
    place("first", "q", 5, 1, 1);
    fleet.drain("low");
    fleet.free("first");
    place("low", "q", 0, 1, 1);

    // When
    place("second", "q", 5, 1, 1);

    // Then
    assertThat(placed("low")).isTrue();
    fleet.now += 6_000_000_000L;
    fleet.step(new Event.Heartbeat("a", List.of()));
    fleet.step(new Event.Tick());
    assertThat(eviction("low").by()).isEqualTo("second");
  }
}
