package dev.berth.hub.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.hub.metering.HeldDay;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RatingTest {
  private static final long SEED = Long.getLong("berth.seed", 20261124L);
  private static final LocalDate DAY = LocalDate.parse("2026-11-24");
  private static final long HOUR = Duration.ofHours(1).toNanos();
  private static final BigDecimal HOUR_NANOS = BigDecimal.valueOf(HOUR);

  @Test
  void anHourCostsItsPrice() {
    // When
    List<RatedDay> lines = Rating.rate(List.of(new HeldDay(DAY, HOUR)), 400_000);

    // Then
    assertThat(lines).containsExactly(new RatedDay(DAY, HOUR, 400_000));
  }

  @Test
  void roundsHalfToEvenOnceALineAndCarriesTheRest() {
    // Given: each day accrues exactly half a micro-USD
    List<HeldDay> days = days(HOUR / 2, HOUR / 2, HOUR / 2, HOUR / 2);

    // When
    List<RatedDay> lines = Rating.rate(days, 1);

    // Then
    assertThat(lines).extracting(RatedDay::microUsd).containsExactly(0L, 1L, 0L, 1L);
  }

  @Test
  void aVeryLongLeaseOfAVeryDearFlavorDoesNotOverflow() {
    // Given: 10,000 hours at a million dollars an hour
    List<HeldDay> days = days(10_000 * HOUR / 4, 10_000 * HOUR / 4);

    // When
    List<RatedDay> lines = Rating.rate(days, 1_000_000_000_000L);

    // Then
    assertThat(lines).extracting(RatedDay::microUsd).containsOnly(2_500L * 1_000_000_000_000L);
  }

  /**
   * Oracle: running total in decimal arithmetic; a line is what the rounded running total grew by.
   */
  @Test
  void agreesWithADecimalOracleAndRatesTheSameTwice() {
    Random random = new Random(SEED);
    for (int i = 0; i < 5_000; i++) {
      // Given
      List<HeldDay> days = randomDays(random);
      long price = random.nextLong(random.nextBoolean() ? 100 : 100_000_000L);

      // When
      List<RatedDay> lines = Rating.rate(days, price);

      // Then
      BigDecimal exact = BigDecimal.ZERO;
      long billed = 0;
      for (int d = 0; d < days.size(); d++) {
        exact =
            exact.add(
                BigDecimal.valueOf(days.get(d).heldNanos()).multiply(BigDecimal.valueOf(price)));
        long line = oracleLine(exact, billed);
        assertThat(lines.get(d).microUsd())
            .as("seed %d, case %d, day %d", SEED, i, d)
            .isEqualTo(line);
        billed += line;
      }
      BigDecimal off = exact.subtract(BigDecimal.valueOf(billed).multiply(HOUR_NANOS)).abs();
      assertThat(off.multiply(BigDecimal.TWO)).isLessThanOrEqualTo(HOUR_NANOS);
      assertThat(Rating.rate(days, price)).isEqualTo(lines);
    }
  }

  private static long oracleLine(BigDecimal exact, long billed) {
    return exact
        .subtract(BigDecimal.valueOf(billed).multiply(HOUR_NANOS))
        .divide(HOUR_NANOS, 0, RoundingMode.HALF_EVEN)
        .longValueExact();
  }

  private static List<HeldDay> randomDays(Random random) {
    long[] held = new long[1 + random.nextInt(12)];
    for (int d = 0; d < held.length; d++) {
      held[d] = random.nextInt(3) == 0 ? HOUR / 2 : 1 + random.nextLong(24 * HOUR);
    }
    return days(held);
  }

  private static List<HeldDay> days(long... held) {
    List<HeldDay> days = new ArrayList<>();
    for (int d = 0; d < held.length; d++) {
      days.add(new HeldDay(DAY.plusDays(d), held[d]));
    }
    return days;
  }
}
