package dev.berth.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.operator.plan.PodView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever is advised, and whenever the operator dies: a Space that serves goes on serving. */
class SeatingSimulationTest {
  private static final long SEEDS = Long.getLong("berth.seeds", 200);

  @Test
  void adviceNeverTakesTheLastSeatThatServes() {
    long only = Long.getLong("berth.seed", -1);
    for (long seed = only < 0 ? 0 : only; seed <= (only < 0 ? SEEDS : only); seed++) {
      // Given
      Random random = new Random(seed);
      Bench bench = new Bench(16);
      bench.edit(Bench.spec("app:0", "zero-gpu", 1));
      bench.settle();

      for (int step = 0; step < 120; step++) {
        // When
        happen(bench, random, step);
        bench.turn();

        // Then
        String where = "seed " + seed + ", step " + step;
        assertThat(serving(bench)).as(where).isPositive();
      }
      bench.seats = Optional.of(List.of(1, 2));
      bench.settle();
      assertThat(slots(bench)).as("seed " + seed).containsExactly(1, 2);
    }
  }

  private static void happen(Bench bench, Random random, int step) {
    switch (random.nextInt(9)) {
      case 0, 1 -> bench.seats = Optional.of(advice(random));
      case 2 -> bench.seats = Optional.empty();
      case 3 -> bench.cluster.finishTerminating();
      case 4 -> bench.scheduler.unprepare();
      case 5 -> {
        bench.restart();
        bench.turn();
        bench.scheduler.reconnect(bench.book);
      }
      case 6 -> {
        if (random.nextInt(4) == 0) {
          bench.edit(Bench.spec("app:" + step, "zero-gpu", 1));
        }
      }
      default -> getReady(bench, random);
    }
    bench.scheduler.deliver(bench.book, random.nextInt(6));
    bench.now = bench.now.plusSeconds(random.nextInt(3));
  }

  private static List<Integer> advice(Random random) {
    List<Integer> slots = new ArrayList<>(List.of(0, 1, 2));
    while (slots.size() > 1 && random.nextBoolean()) {
      slots.remove(random.nextInt(slots.size()));
    }
    return slots;
  }

  private static void getReady(Bench bench, Random random) {
    bench.cluster.pods.values().stream()
        .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null && random.nextBoolean())
        .map(pod -> pod.getMetadata().getName())
        .toList()
        .forEach(bench.cluster::ready);
  }

  private static long serving(Bench bench) {
    return bench.cluster.pods.values().stream().map(PodView::of).filter(PodView::serving).count();
  }

  private static List<Integer> slots(Bench bench) {
    return bench.scheduler.held.values().stream().map(p -> p.id().slot()).sorted().toList();
  }
}
