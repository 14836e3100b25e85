package dev.berth.agent.turns.quota;

import java.util.Map;

/**
 * What a node must know of the quota policy, as the scheduler told it last.
 *
 * @param tiers by name
 */
public record QuotaRules(Map<String, TierRule> tiers) {
  private static final long SECOND = 1_000_000_000L;
  private static final TierRule PAYING = new TierRule(4, 600 * SECOND);
  private static final TierRule LEAST = new TierRule(1, 120 * SECOND);

  /** What holds until the scheduler answers for the first time: what it does if not configured. */
  public static final QuotaRules STANDARD =
      new QuotaRules(
          Map.of(
              "anonymous", LEAST,
              "free", new TierRule(2, 300 * SECOND),
              "pro", PAYING,
              "team", PAYING,
              "enterprise", PAYING));

  /**
   * @param weight in the fair queue
   * @param longestNanos most device nanoseconds that one turn may declare
   */
  public record TierRule(int weight, long longestNanos) {}

  public QuotaRules {
    tiers = Map.copyOf(tiers);
  }

  /** A tier that nobody told of is treated as the least. */
  public TierRule of(String tier) {
    return tiers.getOrDefault(tier, tiers.getOrDefault("anonymous", LEAST));
  }
}
