package dev.berth.agent.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.agent.telemetry.Reading.Key;
import dev.berth.agent.telemetry.XidRules.Xids;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class XidRulesTest {
  private static final Key CARD = Key.card("GPU-a");

  private static Xids scrape(Xids before, double gauge, Integer... recent) {
    Reading r = new Reading(CARD, "n", Map.of(DcgmField.XID, gauge), Set.of(recent));
    return XidRules.next(before, Map.of(CARD, r));
  }

  @Test
  void anOldStickyCodeCondemnsNobody() {
    assertThat(scrape(Xids.NONE, 79).fatal()).isEmpty();
  }

  @Test
  void aChangeToAFatalCodeCondemnsUntilItIsCleared() {
    Xids xids = scrape(scrape(Xids.NONE, 0), 79);
    assertThat(xids.fatal()).containsEntry("GPU-a", 79);
    assertThat(scrape(xids, 79).fatal()).containsEntry("GPU-a", 79);
    assertThat(XidRules.next(xids, Map.of()).fatal()).containsEntry("GPU-a", 79);
    assertThat(scrape(xids, 0).fatal()).isEmpty();
  }

  @Test
  void applicationErrorsCondemnNobodyAndTheWindowCountsAtOnce() {
    assertThat(scrape(scrape(Xids.NONE, 0), 31, 31).fatal()).isEmpty();
    assertThat(scrape(Xids.NONE, 79, 79).fatal()).containsEntry("GPU-a", 79);
  }
}
