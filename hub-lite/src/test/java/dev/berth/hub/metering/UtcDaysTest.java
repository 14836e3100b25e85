package dev.berth.hub.metering;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class UtcDaysTest {
  private static final long SEED = Long.getLong("berth.seed", 20261124L);

  @Test
  void cutsAtMidnightToTheNanosecond() {
    // Given
    long from = nanos("2026-11-23T23:59:59.999999999Z");
    long until = nanos("2026-11-25T00:00:00.000000001Z");

    // When
    List<HeldDay> days = UtcDays.split(from, until, until - from);

    // Then
    assertThat(days)
        .containsExactly(
            new HeldDay(LocalDate.parse("2026-11-23"), 1),
            new HeldDay(LocalDate.parse("2026-11-24"), UtcDays.DAY_NANOS),
            new HeldDay(LocalDate.parse("2026-11-25"), 1));
  }

  @Test
  void anIntervalThatEndsAtMidnightTouchesOnlyTheDayBefore() {
    // Given
    long until = nanos("2026-11-24T00:00:00Z");

    // When
    List<HeldDay> days = UtcDays.split(until - 5, until, 5);

    // Then
    assertThat(days).containsExactly(new HeldDay(LocalDate.parse("2026-11-23"), 5));
  }

  @Test
  void anEmptyOrBackwardIntervalGoesToTheDayOfItsEnd() {
    // Given
    long until = nanos("2026-11-24T00:00:00Z");

    // When, Then
    HeldDay all = new HeldDay(LocalDate.parse("2026-11-24"), 7);
    assertThat(UtcDays.split(until, until, 7)).containsExactly(all);
    assertThat(UtcDays.split(until + 1_000, until, 7)).containsExactly(all);
    assertThat(UtcDays.split(until - 1_000, until, 0)).isEmpty();
  }

  /** Oracle: the cumulative share at each midnight, in decimal arithmetic with 60 digits. */
  @Test
  void agreesWithADecimalOracleAndLosesNothing() {
    Random random = new Random(SEED);
    for (int i = 0; i < 20_000; i++) {
      // Given
      long from = nanos("2026-01-01T00:00:00Z") + random.nextLong(300 * UtcDays.DAY_NANOS);
      long length =
          1 + random.nextLong(random.nextBoolean() ? 5 * UtcDays.DAY_NANOS : 10_000_000_000L);
      long held = random.nextInt(4) == 0 ? length : random.nextLong(length + 1_000_000_000L);

      // When
      List<HeldDay> days = UtcDays.split(from, from + length, held);

      // Then
      assertThat(days.stream().mapToLong(HeldDay::heldNanos).sum())
          .as("seed %d, case %d", SEED, i)
          .isEqualTo(held);
      for (HeldDay day : days) {
        assertThat(day.heldNanos())
            .as("seed %d, case %d, %s", SEED, i, day)
            .isEqualTo(oracle(from, length, held, day.day()));
      }
    }
  }

  private static long oracle(long from, long length, long held, LocalDate day) {
    long start = nanos(day + "T00:00:00Z");
    return upTo(from, length, held, start + UtcDays.DAY_NANOS) - upTo(from, length, held, start);
  }

  private static long upTo(long from, long length, long held, long instant) {
    long part = Math.clamp(instant - from, 0, length);
    return BigDecimal.valueOf(held)
        .multiply(BigDecimal.valueOf(part))
        .divide(BigDecimal.valueOf(length), 0, RoundingMode.FLOOR)
        .longValueExact();
  }

  static long nanos(String instant) {
    return ChronoUnit.NANOS.between(Instant.EPOCH, Instant.parse(instant));
  }
}
