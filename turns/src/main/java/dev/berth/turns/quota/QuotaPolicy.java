package dev.berth.turns.quota;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rules, which are data.
 *
 * @param tiers by name
 * @param windowNanos how long a visitor's window lasts from the first use
 * @param turnNanos most device time that one turn of any tier may declare
 * @param microUsdPerMinute price of device time beyond the base
 * @param visitors most that are kept at a time; a newcomer beyond is refused
 */
public record QuotaPolicy(
    Map<String, TierPolicy> tiers,
    long windowNanos,
    long turnNanos,
    long microUsdPerMinute,
    int visitors) {

  public QuotaPolicy {
    tiers = Map.copyOf(tiers);
    Bounds.check("window", windowNanos, 1, TierPolicy.MOST_NANOS);
    Bounds.check("maxDuration", turnNanos, 1, windowNanos);
    Bounds.check("microUsdPerMinute", microUsdPerMinute, 1, 1_000_000_000);
    Bounds.check("visitors", visitors, 1, 10_000_000);
  }

  /** Most device time that one turn of a tier may declare. */
  public long longestTurn(TierPolicy tier) {
    return Math.min(turnNanos, tier.turnNanos());
  }

  public @Nullable TierPolicy tier(String name) {
    return tiers.get(name);
  }
}
