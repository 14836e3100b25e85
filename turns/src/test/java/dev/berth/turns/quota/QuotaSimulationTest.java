package dev.berth.turns.quota;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Many random histories. {@code -Dberth.seed=N} replays one, {@code -Dberth.seeds=N} runs more. */
class QuotaSimulationTest {
  private static final long SEEDS = 2_000;
  private static final int SEEDS_OF_MUTANT = 600;

  @Test
  void nobodySpendsMoreThanThereIsAndNothingIsLost() {
    Long one = Long.getLong("berth.seed");
    long first = one == null ? 1 : one;
    long count = one == null ? Long.getLong("berth.seeds", SEEDS) : 1;
    long turns = 0;
    long leaders = 0;
    long withCredits = 0;
    for (long seed = first; seed < first + count; seed++) {
      QuotaWorld world = run(seed);
      turns += world.turns();
      leaders += world.leaders;
      withCredits += world.usedCredits() ? 1 : 0;
    }
    System.out.printf(
        "quotas: %d seeds, %d turns and %d leaders a seed, credits used in %d%n",
        count, turns / count, leaders / count, withCredits);
    if (count >= 100) {
      assertThat(withCredits).isGreaterThan(count / 4);
      assertThat(leaders).isGreaterThan(5 * count);
    }
  }

  private static QuotaWorld run(long seed) {
    QuotaWorld world = new QuotaWorld(seed, Mutant.NONE);
    try {
      world.run();
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("Seed " + seed + " failed; replay with -Dberth.seed=" + seed, e);
    }
    return world;
  }

  /** The test of the simulation. */
  @ParameterizedTest
  @MethodSource("planted")
  void aPlantedBugIsFound(Mutant mutant) {
    @Nullable String caught = null;
    for (long seed = 1; seed <= SEEDS_OF_MUTANT && caught == null; seed++) {
      try {
        new QuotaWorld(seed, mutant).run();
      } catch (AssertionError | RuntimeException e) {
        String why = Objects.toString(e.getMessage()).lines().findFirst().orElse("");
        caught = "seed " + seed + ": " + why.substring(0, Math.min(100, why.length()));
      }
    }
    assertThat(caught).as("%s within %d seeds", mutant, SEEDS_OF_MUTANT).isNotNull();
    System.out.println(mutant + " is found by " + caught);
  }

  static java.util.List<Mutant> planted() {
    return Mutant.PLANTED;
  }
}
