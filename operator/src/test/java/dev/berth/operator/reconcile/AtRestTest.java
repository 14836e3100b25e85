package dev.berth.operator.reconcile;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.crds.SpaceStage;
import dev.berth.crds.UpdateStrategy;
import org.junit.jupiter.api.Test;

/** Paused, stopped or asleep, a Space gives its hardware back, and takes some again afterwards. */
class AtRestTest {
  @Test
  void pausingGivesTheHardwareBackAndKeepsTheServiceAndResumingTakesANewId() {
    // Given
    Bench bench = new Bench(1);
    bench.settle();

    // When
    bench.edit(Bench.spec("app:1", "t4-small", 1, false, true, UpdateStrategy.RollingWhenFree));
    bench.settle();

    // Then
    assertThat(stage(bench)).isEqualTo(SpaceStage.PAUSED);
    assertThat(bench.scheduler.held).isEmpty();
    assertThat(bench.cluster.pods).isEmpty();
    assertThat(bench.cluster.claims).isEmpty();
    assertThat(bench.cluster.services).hasSize(1);

    // When
    bench.edit(Bench.spec("app:1", "t4-small", 1));
    bench.settle();

    // Then
    assertThat(stage(bench)).isEqualTo(SpaceStage.RUNNING);
    assertThat(bench.scheduler.usedIds).hasSize(2);
  }

  @Test
  void zeroReplicasStop() {
    // Given
    Bench bench = new Bench(1);
    bench.settle();

    // When
    bench.edit(Bench.spec("app:1", "t4-small", 0));
    bench.settle();

    // Then
    assertThat(stage(bench)).isEqualTo(SpaceStage.STOPPED);
    assertThat(bench.scheduler.held).isEmpty();
  }

  @Test
  void sleepsWithoutVisitsAndWakesOnTheNext() {
    // Given
    Bench bench = new Bench(1);
    bench.edit(Bench.sleeping(Bench.spec("app:1", "t4-small", 1), "10m"));
    bench.settle();
    bench.visited = bench.now.plusSeconds(300).toString();

    // When it has been visited after five minutes
    bench.now = bench.now.plusSeconds(600);
    bench.settle();

    // Then
    assertThat(stage(bench)).isEqualTo(SpaceStage.RUNNING);

    // When nobody comes for ten more
    bench.now = bench.now.plusSeconds(310);
    bench.settle();

    // Then
    assertThat(stage(bench)).isEqualTo(SpaceStage.SLEEPING);
    assertThat(bench.scheduler.held).isEmpty();

    // When
    bench.now = bench.now.plusSeconds(3600);
    bench.visited = bench.now.toString();
    bench.settle();

    // Then
    assertThat(stage(bench)).isEqualTo(SpaceStage.RUNNING);
  }

  @Test
  void anEditWakesIt() {
    // Given
    Bench bench = new Bench(1);
    bench.edit(Bench.sleeping(Bench.spec("app:1", "t4-small", 1), "10m"));
    bench.settle();
    bench.now = bench.now.plusSeconds(700);
    bench.settle();
    assertThat(stage(bench)).isEqualTo(SpaceStage.SLEEPING);

    // When
    bench.edit(Bench.sleeping(Bench.spec("app:2", "t4-small", 1), "10m"));
    bench.settle();

    // Then
    assertThat(stage(bench)).isEqualTo(SpaceStage.RUNNING);
  }

  private static SpaceStage stage(Bench bench) {
    return requireNonNull(requireNonNull(bench.status).stage());
  }
}
