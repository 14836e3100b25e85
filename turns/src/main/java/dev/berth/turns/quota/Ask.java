package dev.berth.turns.quota;

import org.jspecify.annotations.Nullable;

/**
 * A node asks for an allowance.
 *
 * @param id unique; a repetition has the same content
 * @param visitor whose quota it is taken from
 * @param tier as the visitor's token says
 * @param needNanos least that helps
 * @param wantNanos as much as would be handy
 * @param runs turns that it is for
 */
public record Ask(
    String id, String node, String visitor, String tier, long needNanos, long wantNanos, int runs) {
  static final int MOST_RUNS = 100_000;
  private static final int LONGEST_NAME = 256;

  /** Why nobody can answer this; null if somebody can. */
  @Nullable String broken(QuotaPolicy policy) {
    if (!usable(id) || !usable(node) || !usable(visitor)) {
      return "draw_id, node and visitor need 1 to %d characters".formatted(LONGEST_NAME);
    }
    if (policy.tier(tier) == null) {
      return "tier=%s is unknown; expected one of %s"
          .formatted(tier, policy.tiers().keySet().stream().sorted().toList());
    }
    if (runs < 1 || runs > MOST_RUNS) {
      return "runs=%d; expected 1 to %d".formatted(runs, MOST_RUNS);
    }
    if (needNanos < 1 || wantNanos < needNanos || wantNanos > TierPolicy.MOST_NANOS) {
      return "need_nanos=%d, want_nanos=%d; expected 1 <= need <= want <= %d"
          .formatted(needNanos, wantNanos, TierPolicy.MOST_NANOS);
    }
    return null;
  }

  private static boolean usable(String name) {
    return !name.isBlank() && name.length() <= LONGEST_NAME;
  }
}
