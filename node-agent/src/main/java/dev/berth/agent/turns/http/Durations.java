package dev.berth.agent.turns.http;

import dev.berth.api.visitor.Tier;
import dev.berth.turns.model.Size;
import java.time.Duration;
import java.util.Map;

/**
 * How long turns may be.
 *
 * @param unsaid what a call takes that does not say
 * @param longest by tier, for a large device; an xlarge one may be had for half as long
 */
public record Durations(Duration unsaid, Map<Tier, Duration> longest) {
  public Durations {
    longest = Map.copyOf(longest);
  }

  boolean allows(Duration asked, Tier tier, Size size) {
    Duration most = longest.getOrDefault(tier, unsaid);
    return asked.isPositive() && asked.multipliedBy(size.devices()).compareTo(most) <= 0;
  }
}
