package dev.berth.hub.metering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.hub.metering.Verdict.Accepted;
import dev.berth.hub.metering.Verdict.Reason;
import dev.berth.hub.metering.Verdict.Refused;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeaseMeterTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long START = UtcDaysTest.nanos("2026-11-24T12:00:00Z");
  private static final LocalDate DAY = LocalDate.parse("2026-11-24");
  private final LeaseMeter meter = new LeaseMeter(Duration.ofSeconds(1));

  @Test
  void theFirstLineCountsFromTheStartOfTheLease() {
    // When
    Verdict verdict = meter.judge(null, line(10 * SECOND, START + 10 * SECOND, false));

    // Then
    assertThat(verdict).isEqualTo(new Accepted(List.of(new HeldDay(DAY, 10 * SECOND))));
  }

  @Test
  void aLaterLineAddsTheDifference() {
    // Given
    LeaseTotals before = totals(10 * SECOND, START + 10 * SECOND, false);

    // When
    Verdict verdict = meter.judge(before, line(12 * SECOND, START + 12 * SECOND, true));

    // Then
    assertThat(verdict).isEqualTo(new Accepted(List.of(new HeldDay(DAY, 2 * SECOND))));
  }

  @Test
  void theSameTotalsAddNothing() {
    // Given
    LeaseTotals before = totals(10 * SECOND, START + 10 * SECOND, true);

    // When
    Verdict verdict = meter.judge(before, line(10 * SECOND, START + 10 * SECOND, true));

    // Then
    assertThat(verdict).isEqualTo(new Accepted(List.of()));
  }

  @Test
  void refusesWhatCannotBe() {
    LeaseTotals before = totals(10 * SECOND, START + 10 * SECOND, false);
    LeaseTotals ended = totals(10 * SECOND, START + 10 * SECOND, true);

    assertRefused(meter.judge(null, line(-1, START, false)), Reason.INVALID_LINE);
    assertRefused(meter.judge(null, line(0, START - 1, false)), Reason.INVALID_LINE);
    assertRefused(
        meter.judge(before, line(9 * SECOND, START + 20 * SECOND, false)), Reason.HELD_DECREASED);
    assertRefused(
        meter.judge(before, line(12 * SECOND, START + 10 * SECOND, false)),
        Reason.FASTER_THAN_WALL);
    assertRefused(
        meter.judge(ended, line(11 * SECOND, START + 20 * SECOND, true)), Reason.GREW_AFTER_END);
    assertRefused(
        meter.judge(ended, line(10 * SECOND, START + 20 * SECOND, false)), Reason.GREW_AFTER_END);
    assertRefused(
        meter.judge(null, line(0, START + Duration.ofDays(401).toNanos(), false)),
        Reason.INTERVAL_TOO_LONG);
    assertRefused(
        meter.judge(
            new LeaseTotals("other", "Space acme/demo", "t4-small", "1", 0, START, false),
            line(SECOND, START + SECOND, false)),
        Reason.BILLING_CHANGED);
  }

  @Test
  void aClockThatStepsBackWithinTheSlackIsBilled() {
    // Given
    LeaseTotals before = totals(10 * SECOND, START + 10 * SECOND, false);

    // When
    Verdict verdict = meter.judge(before, line(11 * SECOND, START + 9 * SECOND, false));

    // Then
    assertThat(verdict).isEqualTo(new Accepted(List.of(new HeldDay(DAY, SECOND))));
  }

  @Test
  void afterARefusedFirstLineTheLeaseStillCountsFromItsStart() {
    // Given
    LeaseTotals nothingAccepted = totals(0, 0, false);

    // When
    Verdict verdict = meter.judge(nothingAccepted, line(3 * SECOND, START + 3 * SECOND, false));

    // Then
    assertThat(verdict).isEqualTo(new Accepted(List.of(new HeldDay(DAY, 3 * SECOND))));
  }

  private static void assertRefused(Verdict verdict, Reason reason) {
    assertThat(verdict)
        .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.reason()).isEqualTo(reason));
  }

  private static LeaseTotals totals(long held, long until, boolean ended) {
    return new LeaseTotals("acme", "Space acme/demo", "t4-small", "1", held, until, ended);
  }

  private static LeaseLine line(long held, long until, boolean ended) {
    return new LeaseLine(
        "p#0",
        1,
        "acme",
        "Space acme/demo",
        "t4-small",
        "1",
        List.of("gpu-0"),
        held,
        START,
        until,
        ended,
        0,
        0);
  }
}
