package dev.berth.scheduler.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Many random histories. {@code -Dberth.seed=N} replays one, {@code -Dberth.seeds=N} runs more. */
class QuotaSimulationTest {
  @Test
  void quotasHoldAndNobodyLosesAPlacementUnlawfully() {
    Seeds seeds = Seeds.share(120, 5);
    int[] seen = new int[2];
    long started = System.nanoTime();
    seeds.each(
        seed -> {
          QuotaSimulation simulation = new QuotaSimulation(seed);
          simulation.run();
          seen[0] += simulation.nominations;
          seen[1] += simulation.evictions;
        });
    double seconds = (System.nanoTime() - started) / 1e9;
    System.out.printf(
        "quota simulation: %d seeds, %.0f seeds/s, %d nominations, %d evictions%n",
        seeds.count(), seeds.count() / seconds, seen[0], seen[1]);
    assertThat(seeds.replay() || seen[0] >= seeds.count()).as("something happened").isTrue();
  }
}
