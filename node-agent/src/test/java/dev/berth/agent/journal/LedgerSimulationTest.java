package dev.berth.agent.journal;

import org.junit.jupiter.api.Test;

/**
 * Many random lives of one node. A failure names its seed; {@code -Dseed=N} runs that one alone.
 */
class LedgerSimulationTest {
  private static final int SEEDS = 600;
  private static final int STEPS = 150;

  @Test
  void timeAddsUpAndNoDeviceIsHeldTwiceWhateverHappens() {
    Integer one = Integer.getInteger("seed");
    int from = one == null ? 0 : one;
    int to = one == null ? SEEDS : one + 1;
    for (int seed = from; seed < to; seed++) {
      run(seed);
    }
  }

  private static void run(int seed) {
    SimulatedLife life = new SimulatedLife(seed);
    try {
      for (int step = 0; step < STEPS; step++) {
        life.step();
        life.check();
      }
      life.settle();
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("seed " + seed + ", " + life.trail() + ": " + e.getMessage(), e);
    }
  }
}
