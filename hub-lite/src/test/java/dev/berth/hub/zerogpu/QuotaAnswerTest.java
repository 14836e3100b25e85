package dev.berth.hub.zerogpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.turns.v1.QuotaStatus;
import dev.berth.hub.http.Json;
import org.junit.jupiter.api.Test;

class QuotaAnswerTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void beforeTheFirstUseAllIsLeftAndNothingResets() {
    // Given
    QuotaStatus status = QuotaStatus.newBuilder().setBaseNanos(2_400 * SECOND).build();

    // When // Then
    assertThat(Json.text(QuotaAnswer.of(status)))
        .isEqualTo("{\"base\":2400,\"current\":2400,\"resetsAt\":null,\"overquotaUsed\":0}");
  }

  @Test
  void currentIsWhatIsLeft() {
    // Given
    QuotaStatus status =
        QuotaStatus.newBuilder()
            .setBaseNanos(300 * SECOND)
            .setUsedNanos(100 * SECOND + 1)
            .setDrawnNanos(60 * SECOND)
            .setOverquotaNanos(2 * SECOND)
            .setRunsLimit(150)
            .setRunsUsed(7)
            .setResetsUnixNanos(1_796_004_135_000_000_000L)
            .build();

    // When // Then
    assertThat(Json.text(QuotaAnswer.of(status)))
        .isEqualTo(
            "{\"base\":300,\"current\":199,\"resetsAt\":\"2026-11-30T02:02:15Z\",\"overquotaUsed\":2,"
                + "\"runs\":{\"used\":7,\"limit\":150,\"remaining\":143,"
                + "\"resetsAt\":\"2026-11-30T02:02:15Z\"}}");
  }
}
