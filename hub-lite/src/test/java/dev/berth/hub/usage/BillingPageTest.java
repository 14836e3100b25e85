package dev.berth.hub.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BillingPageTest {
  @Test
  void showsMoneyAndEscapesWhatPeopleWrote() {
    // Given
    List<UsageLine> lines =
        List.of(line("<script>alert(1)</script>", 3_600_000_000_000L, 400_000L));

    // When
    String html = BillingPage.render(UsageFilter.ALL, lines, null, null);

    // Then
    assertThat(html)
        .contains("$0.400000", "1:00:00.000", "&lt;script&gt;alert(1)&lt;/script&gt;")
        .doesNotContain("<script>");
  }

  @Test
  void saysWhenAPriceIsMissing() {
    // When
    String html =
        BillingPage.render(
            UsageFilter.ALL, List.of(line("Space acme/demo", 1_500_000_000L, null)), null, null);

    // Then
    assertThat(html).contains("no price yet", "0:00:01.500 of it has no price yet.");
  }

  @Test
  void showsTheConservationTableToAdmins() {
    // Given
    Audit.Device broken =
        new Audit.Device("node-1", "gpu-0", "T4-16", 1, 1, 1, 1, 5, 1, List.of("p#0"));

    // When
    String html =
        BillingPage.render(
            UsageFilter.ALL, List.of(), null, Audit.of(List.of(broken), List.of(), 3));

    // Then
    assertThat(html)
        .contains("Nothing used.", "These do not add up:", "by -1 ns", "Quarantined: 3.");
  }

  private static UsageLine line(String owner, long held, @Nullable Long microUsd) {
    return new UsageLine(
        new LeaseKey("j", "p#0"),
        "acme",
        owner,
        "t4-small",
        "1",
        LocalDate.parse("2026-11-24"),
        held,
        microUsd);
  }
}
