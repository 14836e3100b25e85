package dev.berth.scheduler.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The test of the simulation: it finds each planted bug within some hundred seeds. */
class MutantsTest {
  private static final int SEEDS = 1_000;

  @BeforeAll
  static void quiet() {
    Logs.off();
  }

  @AfterAll
  static void loud() {
    Logs.on();
  }

  @ParameterizedTest
  @EnumSource(Mutant.class)
  void isCaught(Mutant mutant) {
    // Given
    @Nullable String caught = null;

    // When
    for (long seed = 1; seed <= SEEDS && caught == null; seed++) {
      caught = failure(mutant, seed);
    }

    // Then
    assertThat(caught).as("%s within %d seeds", mutant, SEEDS).isNotNull();
    System.out.println(mutant + " " + caught);
  }

  private static @Nullable String failure(Mutant mutant, long seed) {
    try {
      new World(seed, mutant).run();
      return null;
    } catch (AssertionError e) {
      String why = Objects.requireNonNull(e.getMessage()).lines().findFirst().orElse("");
      return "is caught by seed " + seed + ": " + why.substring(0, Math.min(120, why.length()));
    }
  }
}
