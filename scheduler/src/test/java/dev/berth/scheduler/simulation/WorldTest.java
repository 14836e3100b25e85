package dev.berth.scheduler.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Many random histories of the whole system. {@code -Dberth.seed=N} replays one, {@code
 * -Dberth.seeds=N} runs more.
 */
class WorldTest {
  private static final long SEEDS = 2_000;

  @BeforeAll
  static void quiet() {
    Logs.off();
  }

  @AfterAll
  static void loud() {
    Logs.on();
  }

  @Test
  void everyHistoryIsSafeAndComesToRest() {
    Long one = Long.getLong("berth.seed");
    long first = one == null ? 1 : one;
    long count = one == null ? Long.getLong("berth.seeds", SEEDS) : 1;
    Tally tally = new Tally();
    long steps = 0;
    long started = System.nanoTime();
    for (long seed = first; seed < first + count; seed++) {
      World world = run(seed);
      steps += world.agenda().steps();
      tally.add(world.tally());
    }
    double seconds = (System.nanoTime() - started) / 1e9;
    System.out.printf(
        "whole system: %d seeds, %.0f seeds/s, %d steps a seed, %s%n",
        count, count / seconds, steps / count, tally.counts());
    if (count >= 100) {
      assertThat(tally.counts()).as("what never came about").containsOnlyKeys(Tally.Kind.values());
    }
  }

  private static World run(long seed) {
    World world = new World(seed, Wiring.CORRECT);
    try {
      world.run();
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("Seed " + seed + " failed; replay with -Dberth.seed=" + seed, e);
    }
    return world;
  }

  @Test
  void theSameSeedTellsTheSameHistory() {
    for (long seed = 1; seed <= 5; seed++) {
      assertThat(run(seed).agenda().digest()).isEqualTo(run(seed).agenda().digest());
    }
  }
}
