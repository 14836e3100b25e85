package dev.berth.operator.reconcile;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.crds.Condition;
import dev.berth.crds.Hardware;
import dev.berth.crds.SpaceStage;
import dev.berth.crds.UpdateStrategy;
import dev.berth.operator.placement.Placement;
import dev.berth.operator.placement.PlacementId;
import dev.berth.operator.plan.PodView;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fallbacks and the way back, moves, and hardware that is taken back. */
class SuccessionTest {

  @Test
  void whatIsNotFreeRunsOnItsFallbackAndSaysSo() {
    // Given // When
    Bench bench = onFallback();

    // Then
    assertThat(requireNonNull(bench.status).stage()).isEqualTo(SpaceStage.RUNNING);
    assertThat(requireNonNull(bench.status.hardware()).current()).isEqualTo("t4-medium");
    assertThat(bench.status.hardware().requested()).isEqualTo("t4-small");
    assertThat(condition(bench, "Fallback").reason()).isEqualTo("OnFallback");
    assertThat(claimFlavors(bench)).containsExactly("t4-medium");
  }

  @Test
  void itGoesBackWithoutAPauseOnceWhatWasAskedIsFree() {
    // Given
    Bench bench = onFallback();

    // When
    bench.scheduler.full.clear();
    bench.scheduler.tellBetter(true);
    bench.turns(3);

    // Then both run, the old one serves
    assertThat(bench.cluster.pods).hasSize(2);
    assertThat(condition(bench, "Fallback").reason()).isEqualTo("Returning");
    assertThat(condition(bench, "Ready").status()).isEqualTo("True");
    assertThat(replicas(bench)).isEqualTo(1);

    // When
    bench.settle();

    // Then
    assertThat(requireNonNull(bench.status).hardware())
        .isEqualTo(new Hardware("t4-small", "t4-small"));
    assertThat(condition(bench, "Fallback").reason()).isEqualTo("AsAsked");
    assertThat(bench.scheduler.held).hasSize(1);
    assertThat(bench.cluster.pods).hasSize(1);
  }

  @Test
  void itStaysWhereTheUserWantsItToStay() {
    // Given
    Bench bench = onFallback();
    bench.edit(Bench.with(bench.spec, Bench.fallbacks("t4-medium").withReturn(false)));

    // When
    bench.scheduler.full.clear();
    bench.scheduler.tellBetter(true);
    bench.settle();

    // Then
    assertThat(bench.scheduler.held.values()).allMatch(p -> p.flavor().equals("t4-medium"));
    assertThat(condition(bench, "Fallback").message()).contains("returnWhenFree is false");
  }

  @Test
  void aReturnThatDoesNotStartInTimeIsGivenUpAndNotTriedAgain() {
    // Given
    Bench bench = onFallback();
    bench.scheduler.full.clear();
    bench.scheduler.tellBetter(true);
    bench.turns(3);

    // When
    bench.now = bench.now.plus(Duration.ofMinutes(31));
    bench.turns(4);
    bench.cluster.finishTerminating();
    bench.turns(3);
    bench.scheduler.unprepare();
    bench.turns(3);

    // Then
    assertThat(bench.scheduler.held).hasSize(1);
    assertThat(bench.cluster.pods).hasSize(1);
    assertThat(condition(bench, "Fallback").reason()).isEqualTo("ReturnFailed");
    assertThat(requireNonNull(bench.status).stage()).isEqualTo(SpaceStage.RUNNING);
  }

  @Test
  void aReturnThatHasToWaitIsWithdrawnWhenNothingBetterIsFreeAnyMore() {
    // Given
    Bench bench = onFallback();
    bench.scheduler.tellBetter(true);
    bench.turns(2);
    assertThat(bench.scheduler.held).hasSize(2);

    // When
    bench.scheduler.tellBetter(false);
    bench.turns(3);

    // Then
    assertThat(bench.scheduler.held).hasSize(1);
    assertThat(bench.cluster.pods).hasSize(1);
  }

  @Test
  void aReturnThatWaitsAloneAsksForItsFallbacksAgain() {
    // Given
    Bench bench = onFallback();
    bench.scheduler.tellBetter(true);
    bench.turns(2);

    // When what serves is taken back while the return waits
    bench.scheduler.evict(standing(bench), "space/acme/other/0a1b2c3d/r/0.n");
    bench.settle();

    // Then
    assertThat(requireNonNull(bench.status).stage()).isEqualTo(SpaceStage.RUNNING);
    assertThat(requireNonNull(bench.status.hardware()).current()).isEqualTo("t4-medium");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aMoveStartsOnItsTargetBeforeTheOldOneEnds(boolean gang) {
    // Given
    int members = gang ? 2 : 1;
    Bench bench = new Bench(4);
    bench.edit(
        Bench.spec("app:1", "t4-small", members, gang, false, UpdateStrategy.RollingWhenFree));
    bench.settle();

    // When
    PlacementId target = bench.scheduler.reserveMove(standing(bench), members);
    bench.turns(2);

    // Then
    assertThat(bench.cluster.pods).hasSize(2 * members);
    assertThat(condition(bench, "Moving").message()).contains("gpu-" + members);
    assertThat(replicas(bench)).isEqualTo(members);

    // When
    bench.settle();

    // Then
    assertThat(bench.scheduler.held.keySet()).containsExactly(target.toString());
    assertThat(bench.cluster.pods).hasSize(members);
    assertThat(requireNonNull(bench.status).stage()).isEqualTo(SpaceStage.RUNNING);
  }

  @Test
  void aMoveOfSomeMembersOnlyIsGivenUpAtOnce() {
    // Given
    Bench bench = new Bench(4);
    bench.edit(Bench.spec("app:1", "t4-small", 2, true, false, UpdateStrategy.RollingWhenFree));
    bench.settle();
    Placement stays = standing(bench);

    // When
    bench.scheduler.reserveMove(stays, 1);
    bench.settle();

    // Then
    assertThat(bench.scheduler.held.keySet()).containsExactly(stays.id().toString());
    assertThat(replicas(bench)).isEqualTo(2);
  }

  @Test
  void aMoveThatDoesNotStartInTimeIsGivenUp() {
    // Given
    Bench bench = new Bench(4);
    bench.settle();
    Placement stays = standing(bench);
    bench.scheduler.reserveMove(stays, 1);
    bench.turns(2);

    // When
    bench.now = bench.now.plus(Duration.ofMinutes(31));
    bench.turns(2);
    bench.settle();

    // Then
    assertThat(bench.scheduler.held.keySet()).containsExactly(stays.id().toString());
    assertThat(bench.cluster.pods).hasSize(1);
  }

  @Test
  void withRecreateNoTwoRunAtOnce() {
    // Given
    Bench bench = new Bench(4);
    bench.edit(Bench.spec("app:1", "t4-small", 1, false, false, UpdateStrategy.Recreate));
    bench.settle();
    PlacementId target = bench.scheduler.reserveMove(standing(bench), 1);

    // When
    bench.turns(3);

    // Then the old one ends first
    assertThat(bench.cluster.pods).hasSize(1);
    bench.settle();
    assertThat(bench.scheduler.held.keySet()).containsExactly(target.toString());
    assertThat(requireNonNull(bench.status).stage()).isEqualTo(SpaceStage.RUNNING);
  }

  @Test
  void whatIsTakenBackSaysForWhomAndWaitsAgain() {
    // Given
    Bench bench = new Bench(1);
    bench.settle();

    // When
    bench.scheduler.devices = 0;
    bench.scheduler.evict(standing(bench), "space/acme/urgent/0a1b2c3d/r/0.n");
    bench.settle();

    // Then
    assertThat(requireNonNull(bench.status).stage()).isEqualTo(SpaceStage.APP_STARTING);
    assertThat(condition(bench, "Ready").reason()).isEqualTo("Preempted");
    assertThat(condition(bench, "Ready").message())
        .contains("Space acme/urgent, which has a higher priority", "position 1");
    assertThat(condition(bench, "Preempted").status()).isEqualTo("True");
    assertThat(bench.cluster.pods).isEmpty();

    // When an operator that knows only the status goes on, and there is room again
    bench.restart();
    bench.scheduler.reconnect(bench.book);
    bench.turn();
    assertThat(condition(bench, "Ready").reason()).isEqualTo("Preempted");
    bench.scheduler.devices = 1;
    bench.settle();

    // Then
    assertThat(requireNonNull(bench.status).stage()).isEqualTo(SpaceStage.RUNNING);
    assertThat(find(bench, "Preempted")).isEmpty();
  }

  private static Bench onFallback() {
    Bench bench = new Bench(0);
    bench.scheduler.full.add("t4-small");
    bench.scheduler.devices = 4;
    bench.edit(Bench.with(bench.spec, Bench.fallbacks("t4-medium")));
    bench.settle();
    return bench;
  }

  private static Placement standing(Bench bench) {
    return bench.scheduler.held.values().stream()
        .filter(p -> bench.cluster.pods.values().stream().anyMatch(pod -> runs(pod, p)))
        .findFirst()
        .orElseThrow();
  }

  private static boolean runs(Pod pod, Placement placement) {
    return PodView.of(pod).placement().equals(placement.id().toString());
  }

  private static List<Object> claimFlavors(Bench bench) {
    return bench.cluster.claims.values().stream()
        .map(
            c ->
                ((Map<?, ?>)
                        c.getStatus()
                            .getAllocation()
                            .getDevices()
                            .getConfig()
                            .getFirst()
                            .getOpaque()
                            .getParameters())
                    .get("flavor"))
        .map(Object.class::cast)
        .toList();
  }

  private static int replicas(Bench bench) {
    return requireNonNull(requireNonNull(bench.status).replicas()).current();
  }

  private static Condition condition(Bench bench, String type) {
    return find(bench, type).orElseThrow(() -> new AssertionError("no condition " + type));
  }

  private static Optional<Condition> find(Bench bench, String type) {
    return requireNonNull(bench.status).conditions().stream()
        .filter(c -> c.type().equals(type))
        .findFirst();
  }
}
