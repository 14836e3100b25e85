package dev.berth.scheduler.core;

import org.junit.jupiter.api.Test;

/** Many random histories. {@code -Dberth.seed=N} replays one, {@code -Dberth.seeds=N} runs more. */
class SimulationTest {
  @Test
  void everyHistoryKeepsTheInvariants() {
    Seeds seeds = Seeds.of(600);
    long started = System.nanoTime();
    seeds.each(seed -> new Simulation(seed).run());
    double seconds = (System.nanoTime() - started) / 1e9;
    System.out.printf(
        "simulation: %d seeds, %.0f seeds/s%n", seeds.count(), seeds.count() / seconds);
  }
}
