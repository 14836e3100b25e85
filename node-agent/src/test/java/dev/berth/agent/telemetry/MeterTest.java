package dev.berth.agent.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.agent.core.Reports.Metered;
import dev.berth.agent.telemetry.Meter.Holding;
import dev.berth.agent.telemetry.Meter.Part;
import dev.berth.agent.telemetry.Reading.Key;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MeterTest {
  private static final Key CARD = Key.card("GPU-a");
  private static final long INTERVAL = 1_000;
  private Meter meter = Meter.empty();

  private void scrape(long at, double busy, double energy) {
    Reading reading =
        new Reading(
            CARD, "n", Map.of(DcgmField.SM_ACTIVE, busy, DcgmField.ENERGY, energy), Set.of());
    Holding holding = new Holding(List.of(new Part(CARD, 0.5)), new Metered(10, 100));
    meter = meter.scraped(Map.of(CARD, reading), Map.of("a#0", holding), at, INTERVAL);
  }

  private Metered total() {
    return meter.totals().getOrDefault("a#0", new Metered(-1, -1));
  }

  @Test
  void addsBusyTimeAndItsShareOfEnergyToWhatWasKnown() {
    scrape(0, 0.5, 5_000);
    assertThat(total()).isEqualTo(new Metered(10, 100));
    scrape(1_000, 0.25, 5_600);
    assertThat(total()).isEqualTo(new Metered(260, 400));
  }

  @Test
  void aCounterThatWentBackStartedAgain() {
    scrape(0, 0.5, 5_000);
    scrape(1_000, 0, 40);
    assertThat(total().energyMillijoules()).isEqualTo(120);
  }

  @Test
  void aStaleSampleAddsNothingAndItsTimeCountsWithTheNext() {
    scrape(0, 0.5, 5_000);
    scrape(500, 0.5, 5_000);
    assertThat(total()).isEqualTo(new Metered(10, 100));
    scrape(1_000, 0.5, 6_000);
    assertThat(total()).isEqualTo(new Metered(510, 600));
  }

  @Test
  void aGapCountsForTwoIntervalsAtMost() {
    scrape(0, 1, 0);
    scrape(60_000, 1, 10);
    assertThat(total().busyNanos()).isEqualTo(10 + 2 * INTERVAL);
  }
}
