package dev.berth.scheduler.core.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PastTest {
  private static final long HOUR = 3_600_000_000_000L;

  @Test
  void halfIsLeftAfterEachHalfLife() {
    Past past = new Past(8 * Past.MICROS, 0);
    assertThat(past.until(HOUR, 0, HOUR).micros()).isEqualTo(4 * Past.MICROS);
    assertThat(past.until(3 * HOUR, 0, HOUR).micros()).isEqualTo(Past.MICROS);
  }

  @Test
  void aConstantUseComesHalfwayNearerInEachHalfLife() {
    Past past = new Past(0, 0);
    assertThat(past.until(HOUR, 4, HOUR).micros()).isEqualTo(2 * Past.MICROS);
    assertThat(past.until(100 * HOUR, 4, HOUR).micros()).isCloseTo(4_000_000L, within(4L));
  }

  /** Property: the formula, whatever the steps in which time passes. */
  @Test
  void manyShortStepsAreOneLongStep() {
    for (long seed = 1; seed <= 200; seed++) {
      Random random = new Random(seed);
      long half = 1 + random.nextLong(48 * HOUR);
      long used = random.nextInt(10_000);
      Past start = new Past(random.nextInt(10_000) * Past.MICROS, random.nextLong(HOUR));
      long end = start.atNanos() + random.nextLong(10 * half + 1);
      Past stepped = start;
      for (int i = 0; i < 20; i++) {
        stepped = stepped.until(random.nextLong(start.atNanos(), end + 1), used, half);
      }
      double kept = Math.pow(0.5, (double) (end - start.atNanos()) / half);
      double exact = used * 1e6 + (start.micros() - used * 1e6) * kept;
      long error = 21 * 20; // 2^-30 of up to 10,000 members in each of 21 steps.
      assertThat((double) start.until(end, used, half).micros())
          .as("seed %d", seed)
          .isCloseTo(exact, within((double) error));
      assertThat((double) stepped.until(end, used, half).micros())
          .as("seed %d in steps", seed)
          .isCloseTo(exact, within((double) error));
    }
  }
}
