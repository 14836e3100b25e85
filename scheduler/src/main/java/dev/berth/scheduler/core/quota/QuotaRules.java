package dev.berth.scheduler.core.quota;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What makes quotas contradict themselves. */
public final class QuotaRules {
  static final int MAX_DEPTH = 16;
  static final long MOST = 1_000_000_000L;

  private QuotaRules() {}

  /** One sentence naming the thing, the value and the expected; null when all is well. */
  public static @Nullable String broken(Quotas quotas) {
    if (quotas.halfLifeNanos() < 0 || quotas.coolDownNanos() < 0) {
      return "Half-life %d and cool-down %d must be 0 or more nanoseconds."
          .formatted(quotas.halfLifeNanos(), quotas.coolDownNanos());
    }
    Map<String, QuotaNode> byName = new HashMap<>();
    for (QuotaNode node : quotas.nodes()) {
      if (byName.put(node.name(), node) != null) {
        return "Quota node '%s' is there twice; name each once.".formatted(node.name());
      }
    }
    for (QuotaNode node : quotas.nodes()) {
      String broken = broken(node, byName);
      if (broken != null) {
        return broken;
      }
    }
    return null;
  }

  private static @Nullable String broken(QuotaNode node, Map<String, QuotaNode> byName) {
    if (node.name().isEmpty() || node.weight() < 1) {
      return "Quota node '%s' has weight %d; expected a name and a weight of 1 or more."
          .formatted(node.name(), node.weight());
    }
    for (Map.Entry<String, Limits> entry : node.limits().entrySet()) {
      Limits limits = entry.getValue();
      if (limits.nominal() < 0
          || limits.nominal() > MOST
          || limits.borrowing() < 0
          || limits.lending() < 0) {
        return "Quota node '%s' has %s of flavor '%s'; expected 0 or more, nominal at most %d."
            .formatted(node.name(), limits, entry.getKey(), MOST);
      }
    }
    return parents(node, byName);
  }

  private static @Nullable String parents(QuotaNode node, Map<String, QuotaNode> byName) {
    QuotaNode at = node;
    for (int depth = 1; !at.parent().isEmpty(); depth++) {
      QuotaNode parent = byName.get(at.parent());
      if (parent == null) {
        return "Quota node '%s' has the unknown parent '%s'; add it or leave it empty."
            .formatted(at.name(), at.parent());
      }
      if (depth >= MAX_DEPTH) {
        return "Quota node '%s' is in a circle or deeper than %d; give it a root."
            .formatted(node.name(), MAX_DEPTH);
      }
      at = parent;
    }
    return null;
  }
}
