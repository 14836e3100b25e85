package dev.berth.scheduler.config;

import dev.berth.api.process.ConfigException;
import dev.berth.api.visitor.Tier;
import dev.berth.turns.quota.QuotaPolicy;
import dev.berth.turns.quota.TierPolicy;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * ZeroGPU at the scheduler.
 *
 * @param quotas who may use how much; what is absent is as {@link #STANDARD} says
 * @param hub "host:port" of the hub's gRPC, where prepaid credits are; none: no credits
 */
public record ZeroGpuConfig(@Nullable Quotas quotas, @Nullable List<String> hub) {
  /** The product's policy; the limits of runs and the longest turns are ours. */
  static final Map<Tier, TierPolicy> STANDARD =
      Map.of(
          Tier.ANONYMOUS, tier(120, 120, 60, 1, 0, false),
          Tier.FREE, tier(300, 300, 150, 2, 2, false),
          Tier.PRO, tier(2_400, 600, 1_200, 4, 10, true),
          Tier.TEAM, tier(2_400, 600, 1_200, 4, 50, true),
          Tier.ENTERPRISE, tier(3_600, 600, 1_800, 4, 50, true));

  private static TierPolicy tier(
      long seconds, long longest, int runs, int weight, int spaces, boolean credits) {
    return new TierPolicy(
        Duration.ofSeconds(seconds).toNanos(),
        Duration.ofSeconds(longest).toNanos(),
        runs,
        weight,
        spaces,
        credits);
  }

  /**
   * @param tiers by name; one that is not named stays as it is
   * @param window from the first use (PT24H)
   * @param maxDuration most device time that one turn of any tier may declare (PT10M)
   * @param microUsdPerMinute beyond the base (100000: $0.10)
   * @param maxVisitors kept at a time (200000)
   */
  public record Quotas(
      @Nullable Map<String, TierQuota> tiers,
      @Nullable Duration window,
      @Nullable Duration maxDuration,
      @Nullable Long microUsdPerMinute,
      @Nullable Integer maxVisitors) {
    private static final Quotas NONE = new Quotas(null, null, null, null, null);
  }

  /** One tier; absent values are as in {@link #STANDARD}. */
  public record TierQuota(
      @Nullable Duration base,
      @Nullable Duration maxDuration,
      @Nullable Integer runs,
      @Nullable Integer weight,
      @Nullable Integer spaces,
      @Nullable Boolean credits) {

    TierPolicy over(TierPolicy standard) {
      return new TierPolicy(
          base == null ? standard.baseNanos() : nanos("base", base),
          maxDuration == null ? standard.turnNanos() : nanos("maxDuration", maxDuration),
          or(runs, standard.runs()),
          or(weight, standard.weight()),
          or(spaces, standard.spaces()),
          or(credits, standard.credits()));
    }
  }

  public ZeroGpuConfig {
    policy(quotas == null ? Quotas.NONE : quotas);
  }

  public List<String> hubAddresses() {
    return hub == null ? List.of() : List.copyOf(hub);
  }

  public QuotaPolicy policy() {
    return policy(quotas == null ? Quotas.NONE : quotas);
  }

  private static QuotaPolicy policy(Quotas quotas) {
    Map<String, TierPolicy> tiers = tiers(or(quotas.tiers(), Map.of()));
    try {
      return new QuotaPolicy(
          tiers,
          nanos("window", or(quotas.window(), Duration.ofHours(24))),
          nanos("maxDuration", or(quotas.maxDuration(), Duration.ofMinutes(10))),
          or(quotas.microUsdPerMinute(), 100_000L),
          or(quotas.maxVisitors(), 200_000));
    } catch (IllegalArgumentException e) {
      throw new ConfigException("zeroGpu.quotas: " + e.getMessage(), e);
    }
  }

  private static Map<String, TierPolicy> tiers(Map<String, TierQuota> given) {
    for (String name : given.keySet()) {
      if (Tier.of(name).isEmpty()) {
        throw new ConfigException(
            "zeroGpu.quotas.tiers." + name + " is unknown; expected " + Tier.all());
      }
    }
    Map<String, TierPolicy> tiers = new HashMap<>();
    STANDARD.forEach((tier, standard) -> tiers.put(tier.text(), over(tier, given, standard)));
    return tiers;
  }

  private static TierPolicy over(Tier tier, Map<String, TierQuota> given, TierPolicy standard) {
    TierQuota own = given.get(tier.text());
    try {
      return own == null ? standard : own.over(standard);
    } catch (IllegalArgumentException e) {
      throw new ConfigException("zeroGpu.quotas.tiers." + tier.text() + ": " + e.getMessage(), e);
    }
  }

  private static long nanos(String key, Duration value) {
    try {
      return value.toNanos();
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          key + " is " + value + "; expected at most some days as in PT24H", e);
    }
  }

  private static <T> T or(@Nullable T value, T standard) {
    return value == null ? standard : value;
  }
}
