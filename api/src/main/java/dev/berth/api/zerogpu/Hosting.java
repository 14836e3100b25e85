package dev.berth.api.zerogpu;

import dev.berth.api.turns.v1.QuotaPolicy;
import dev.berth.api.turns.v1.TierQuota;
import java.util.Comparator;
import java.util.List;

/** Whether a namespace may host one ZeroGPU Space of those it has. */
public sealed interface Hosting {
  record Allowed() implements Hosting {}

  /** {@code limit} others came first. */
  record Refused(int limit, int hosted, String message) implements Hosting {}

  /**
   * A ZeroGPU Space of the namespace. Those that are admitted count first, then the older ones, so
   * that a new one is refused.
   *
   * @param admitted whether it has asked for a seat or has one
   */
  record HostedSpace(String name, long createdUnixNanos, boolean admitted) {}

  /**
   * @param space to be judged; may be among {@code hosted} already
   * @param hosted the namespace's ZeroGPU Spaces
   * @param tier of the account that the namespace is
   */
  static Hosting of(HostedSpace space, List<HostedSpace> hosted, String tier, QuotaPolicy policy) {
    int limit =
        policy.getTiersList().stream()
            .filter(rules -> rules.getTier().equals(tier))
            .mapToInt(TierQuota::getSpaces)
            .findFirst()
            .orElse(0);
    Comparator<HostedSpace> age =
        Comparator.comparing(HostedSpace::admitted)
            .reversed()
            .thenComparingLong(HostedSpace::createdUnixNanos)
            .thenComparing(HostedSpace::name);
    long before = hosted.stream().filter(other -> age.compare(other, space) < 0).count();
    return before < limit
        ? new Allowed()
        : new Refused(
            limit,
            hosted.size(),
            "Tier %s may host %d ZeroGPU Spaces and %d came before %s; delete one, choose other hardware, or raise the tier"
                .formatted(tier, limit, before, space.name()));
  }
}
