package dev.berth.agent.turns.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.berth.agent.turns.core.SimulatedNode.Mutant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whole lives of a node with everything that can go wrong. {@code -Dberth.seed=N} replays one seed.
 */
class TurnsSimulationTest {
  private static final int SEEDS = 2000;
  private static final long LENGTH = 10_000;

  @Test
  void noDeviceIsHeldTwiceNobodyPaysForAnotherAndEverythingComesBack() {
    Long given = Long.getLong("berth.seed");
    long from = given == null ? 1 : given;
    long to = given == null ? SEEDS : given;
    int granted = 0;
    int warm = 0;
    int crashes = 0;
    int leases = 0;
    for (long seed = from; seed <= to; seed++) {
      SimulatedNode node = new SimulatedNode(seed, Mutant.NONE);
      try {
        node.run(LENGTH);
        node.settleDown();
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("Seed " + seed + " fails; replay it with -Dberth.seed=" + seed, e);
      }
      granted += node.granted;
      warm += node.warmGrants;
      crashes += node.crashes;
      leases += node.leases;
    }
    // Then: the runs were worth it
    assertThat(granted).isGreaterThan((int) (to - from + 1));
    if (given == null) {
      assertThat(warm).isGreaterThan(SEEDS / 2);
      assertThat(crashes).isGreaterThan(SEEDS / 2);
      assertThat(leases).isGreaterThan(SEEDS / 2);
    }
  }

  @ParameterizedTest
  @EnumSource(value = Mutant.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void plantedBugsAreFound(Mutant mutant) {
    for (long seed = 1; seed <= SEEDS; seed++) {
      SimulatedNode node = new SimulatedNode(seed, mutant);
      try {
        node.run(LENGTH);
        node.settleDown();
      } catch (AssertionError found) {
        return;
      }
    }
    fail("Nobody noticed " + mutant + " in " + SEEDS + " lives");
  }
}
