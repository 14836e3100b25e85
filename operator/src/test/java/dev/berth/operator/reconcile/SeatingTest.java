package dev.berth.operator.reconcile;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.crds.Scheduling;
import dev.berth.crds.SpaceStage;
import dev.berth.operator.placement.Placement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How many seats a ZeroGPU Space has. */
class SeatingTest {
  @Test
  void itHasAsManySeatsAsTheSchedulerSays() {
    // Given
    Bench bench = seated(1);

    // When
    bench.seats = Optional.of(List.of(0, 1, 2));
    bench.settle();

    // Then
    assertThat(slots(bench)).containsExactly(0, 1, 2);
    assertThat(bench.cluster.pods).hasSize(3);
    assertThat(requireNonNull(requireNonNull(bench.status).replicas()).current()).isEqualTo(3);
    assertThat(requireNonNull(bench.status).stage()).isEqualTo(SpaceStage.RUNNING);
  }

  @Test
  void theSeatThatIsNotWantedGoesAndTheOthersStay() {
    // Given
    Bench bench = seated(1);
    bench.seats = Optional.of(List.of(0, 1));
    bench.settle();
    Placement second =
        bench.scheduler.held.values().stream()
            .filter(p -> p.id().slot() == 1)
            .findFirst()
            .orElseThrow();

    // When
    bench.seats = Optional.of(List.of(1));
    bench.settle();

    // Then
    assertThat(bench.scheduler.held.keySet()).containsExactly(second.id().toString());
    assertThat(bench.cluster.pods).hasSize(1);
    assertThat(requireNonNull(bench.status).stage()).isEqualTo(SpaceStage.RUNNING);
  }

  @Test
  void theSeatThatServesStaysWhileTheOtherDoesNot() {
    // Given
    Bench bench = seated(1);
    bench.seats = Optional.of(List.of(0, 1));
    bench.turns(3);

    // When the pod of the second seat never gets ready
    bench.seats = Optional.of(List.of(1));
    bench.turns(3);
    List<Integer> meanwhile = slots(bench);
    bench.settle();

    // Then
    assertThat(meanwhile).containsExactly(0, 1);
    assertThat(slots(bench)).containsExactly(1);
  }

  @Test
  void whatIsPlacedStaysWhileNobodySays() {
    // Given
    Bench bench = seated(1);
    bench.seats = Optional.of(List.of(0, 2));
    bench.settle();

    // When the operator starts anew and no scheduler has looked at seats
    bench.seats = Optional.empty();
    bench.restart();
    bench.turns(3);
    bench.scheduler.reconnect(bench.book);
    bench.settle();

    // Then
    assertThat(slots(bench)).containsExactly(0, 2);
  }

  @Test
  void allSeatsGoThroughANewRevision() {
    // Given
    Bench bench = seated(1);
    bench.seats = Optional.of(List.of(0, 1));
    bench.settle();

    // When
    bench.edit(Bench.spec("app:2", "zero-gpu", 1));
    bench.settle();

    // Then
    assertThat(slots(bench)).containsExactly(0, 1);
    assertThat(bench.scheduler.held.values())
        .extracting(p -> p.id().revision())
        .containsOnly(requireNonNull(requireNonNull(bench.status).revisions()).wanted());
  }

  @Test
  void aSpaceThatSaysHowManyKeepsItsNumber() {
    // Given
    Bench two = seated(2);
    Bench one = seated(1);
    one.edit(Bench.with(one.spec, fixed()));

    // When
    two.seats = Optional.of(List.of(0, 1, 2));
    one.seats = Optional.of(List.of(0, 1, 2));
    two.settle();
    one.settle();

    // Then
    assertThat(slots(two)).containsExactly(0, 1);
    assertThat(slots(one)).containsExactly(0);
  }

  @Test
  void fixingTheNumberRestartsNothing() {
    // Given
    Bench bench = seated(1);
    String before = bench.scheduler.held.keySet().iterator().next();

    // When
    bench.edit(Bench.with(bench.spec, fixed()));
    bench.settle();

    // Then
    assertThat(bench.scheduler.held.keySet()).containsExactly(before);
  }

  @Test
  void otherFlavorsAreNotReplicated() {
    // Given
    Bench bench = new Bench(4);

    // When
    bench.seats = Optional.of(List.of(0, 1, 2));
    bench.settle();

    // Then
    assertThat(slots(bench)).containsExactly(0);
  }

  private static Bench seated(int replicas) {
    Bench bench = new Bench(8);
    bench.edit(Bench.spec("app:1", "zero-gpu", replicas));
    bench.settle();
    return bench;
  }

  private static Scheduling fixed() {
    return new Scheduling(null, false, null, null, List.of(), List.of(), true, null, null, true);
  }

  private static List<Integer> slots(Bench bench) {
    return bench.scheduler.held.values().stream().map(p -> p.id().slot()).sorted().toList();
  }
}
