package dev.berth.scheduler.core.quota;

import java.util.Map;

/**
 * A queue or a cohort. {@code parent} is the name of its cohort, empty for a root; {@code weight}
 * (1 or more) its part of what is shared; {@code limits} are by flavor name.
 */
public record QuotaNode(String name, String parent, int weight, Map<String, Limits> limits) {
  public QuotaNode {
    limits = Map.copyOf(limits);
  }

  public Limits limits(String flavor) {
    return limits.getOrDefault(flavor, Limits.NONE);
  }
}
