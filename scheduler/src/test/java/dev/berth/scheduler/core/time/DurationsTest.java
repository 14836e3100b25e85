package dev.berth.scheduler.core.time;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.scheduler.core.model.Accelerator.WholeGpus;
import dev.berth.scheduler.core.model.Request;
import dev.berth.scheduler.core.reserve.Asks;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DurationsTest {
  private static final long SECOND = 1_000_000_000L;
  private static final Request UNKNOWN = Asks.of("x", 1, new WholeGpus("T4-16", 1), 0);
  private static final Request DECLARED = Asks.of("y", 1, new WholeGpus("T4-16", 1), 100 * SECOND);

  @Test
  void quantilesAreOffByAnEighthAtMost() {
    for (long seed = 1; seed <= 20; seed++) {
      // Given
      Random random = new Random(seed);
      long[] samples = new long[500];
      Sketch sketch = Sketch.EMPTY;
      for (int i = 0; i < samples.length; i++) {
        samples[i] = 1_000 + (long) (1e9 * Math.exp(2 * random.nextGaussian()));
        sketch = sketch.with(samples[i]);
      }
      Arrays.sort(samples);

      // When // Then
      for (int permille : new int[] {100, 500, 900}) {
        double exact = samples[samples.length * permille / 1_000];
        assertThat(sketch.quantile(0, permille) / exact).as("seed %d", seed).isBetween(0.85, 1.18);
      }
    }
  }

  @Test
  void whatRanLongRunsLonger() {
    // Given: nine of ten run 10 s, one of ten 1,000 s.
    Durations durations = Durations.NONE;
    for (int i = 0; i < 100; i++) {
      durations = durations.learn(UNKNOWN, (i % 10 == 0 ? 1_000 : 10) * SECOND);
    }

    // When
    Lifetime lifetime = durations.of(UNKNOWN);

    // Then
    assertThat(lifetime.left(0, 500)).isBetween(8 * SECOND, 12 * SECOND);
    assertThat(lifetime.left(60 * SECOND, 500)).isGreaterThan(700 * SECOND);
    assertThat(lifetime.left(2_000 * SECOND, 500)).isEqualTo(2_000 * SECOND);
  }

  @Test
  void aDeclaredTimeIsExactUntilItsAccountBreaksIt() {
    // Given
    Durations durations = Durations.NONE;
    for (int i = 0; i < 10; i++) {
      durations = durations.learn(DECLARED, 100 * SECOND);
    }
    Durations broken = Durations.NONE;
    for (int i = 0; i < 10; i++) {
      broken = broken.learn(DECLARED, 300 * SECOND);
    }

    // When // Then
    assertThat(Durations.NONE.of(DECLARED).left(30 * SECOND, 900)).isEqualTo(70 * SECOND);
    assertThat(durations.of(DECLARED).left(30 * SECOND, 100)).isEqualTo(70 * SECOND);
    assertThat(broken.of(DECLARED).left(0, 900)).isEqualTo(300 * SECOND);
    assertThat(Durations.NONE.of(UNKNOWN).known()).isFalse();
  }

  @Test
  void isBounded() {
    // Given
    Durations durations = Durations.NONE;
    Sketch sketch = Sketch.EMPTY;

    // When
    for (int i = 0; i < 3 * Durations.MAX_KEYS; i++) {
      Request request = new Request("x", UNKNOWN.members(), "account" + i, "o", "f", "v");
      durations = durations.learn(request, SECOND);
      sketch = sketch.with(1L << (i % 62));
    }

    // Then
    assertThat(durations.sketches()).hasSize(Durations.MAX_KEYS);
    assertThat(sketch.total()).isLessThanOrEqualTo(Sketch.MAX_SAMPLES);
  }
}
