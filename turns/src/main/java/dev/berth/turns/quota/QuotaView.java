package dev.berth.turns.quota;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a visitor may know of a quota.
 *
 * @param endNanos of the window; 0: none has begun
 */
public record QuotaView(
    String visitor, String tier, TierPolicy policy, QuotaUse use, long endNanos) {

  /**
   * {@code tier}: as known now; empty: as of the last draw. Null if the policy has no such tier.
   */
  public static @Nullable QuotaView of(
      QuotaState state, QuotaPolicy policy, String visitor, String tier, long now) {
    VisitorQuota kept =
        Objects.requireNonNullElseGet(
            state.visitors().get(visitor), () -> VisitorQuota.unseen(visitor, tier));
    String known = tier.isEmpty() ? kept.tier() : tier;
    TierPolicy rules = policy.tier(known);
    VisitorQuota present = kept.at(now);
    return rules == null
        ? null
        : new QuotaView(visitor, known, rules, QuotaUse.of(present), present.endNanos());
  }
}
