package dev.berth.hub.zerogpu;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.berth.api.turns.v1.QuotaStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A quota as Hub clients read it, in whole device seconds.
 *
 * @param base of a window
 * @param current what is left of it; what nodes hold ready and nobody has used counts as left
 * @param resetsAt when the window ends, ISO 8601; null before the first use
 * @param overquotaUsed beyond the base, paid by credits
 * @param runs absent without a limit
 */
public record QuotaAnswer(
    long base,
    long current,
    @JsonProperty("resetsAt") @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String resetsAt,
    @JsonProperty("overquotaUsed") long overquotaUsed,
    @Nullable Runs runs) {
  private static final long SECOND = 1_000_000_000L;

  public record Runs(
      int used,
      int limit,
      int remaining,
      @JsonProperty("resetsAt") @JsonInclude(JsonInclude.Include.ALWAYS)
          @Nullable String resetsAt) {}

  static QuotaAnswer of(QuotaStatus status) {
    String resets = instant(status.getResetsUnixNanos());
    return new QuotaAnswer(
        status.getBaseNanos() / SECOND,
        Math.max(0, status.getBaseNanos() - status.getUsedNanos()) / SECOND,
        resets,
        Math.ceilDiv(status.getOverquotaNanos(), SECOND),
        status.getRunsLimit() == 0 ? null : runs(status, resets));
  }

  private static Runs runs(QuotaStatus status, @Nullable String resets) {
    int limit = status.getRunsLimit();
    int used = status.getRunsUsed();
    return new Runs(used, limit, Math.max(0, limit - used), resets);
  }

  private static @Nullable String instant(long unixNanos) {
    return unixNanos == 0 ? null : Instant.ofEpochMilli(unixNanos / 1_000_000).toString();
  }
}
