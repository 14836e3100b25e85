package dev.berth.e2e.zerogpu;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.api.turns.v1.QuotaStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Holds what turns took on the node against what visitors were charged, from some moment on. Device
 * nanoseconds by visitor. Pure.
 */
public record TurnAudit(Map<String, Long> taken, Map<String, Long> charged) {

  /**
   * @param page of the node, after
   * @param sinceUnixNanos turns queued earlier are left out
   */
  public static TurnAudit of(
      JsonNode page, long sinceUnixNanos, List<QuotaStatus> before, List<QuotaStatus> after) {
    Map<String, Long> taken = new TreeMap<>();
    for (var turn : page.path("done")) {
      if (turn.path("queuedUnixNanos").asLong() >= sinceUnixNanos) {
        taken.merge(turn.path("account").asText(), turn.path("settledNanos").asLong(), Long::sum);
      }
    }
    Map<String, Long> charged = new TreeMap<>(used(after));
    used(before).forEach((visitor, used) -> charged.merge(visitor, -used, Long::sum));
    taken.values().removeIf(nanos -> nanos == 0);
    charged.values().removeIf(nanos -> nanos == 0);
    return new TurnAudit(taken, charged);
  }

  private static Map<String, Long> used(List<QuotaStatus> quotas) {
    Map<String, Long> used = new HashMap<>();
    quotas.forEach(q -> used.put(q.getVisitor(), q.getUsedNanos() + q.getOverquotaNanos()));
    return used;
  }

  /** Whether everybody was charged exactly what their turns took. */
  public boolean right() {
    return taken.equals(charged);
  }

  public String text() {
    var text = new StringBuilder("%-20s %16s %16s%n".formatted("VISITOR", "TAKEN s", "CHARGED s"));
    Map<String, Long> all = new TreeMap<>(taken);
    charged.forEach(all::putIfAbsent);
    all.keySet()
        .forEach(
            visitor ->
                text.append(
                    "%-20s %16.6f %16.6f%n"
                        .formatted(
                            visitor,
                            taken.getOrDefault(visitor, 0L) / 1e9,
                            charged.getOrDefault(visitor, 0L) / 1e9)));
    return text.append(right() ? "Turns and quotas agree.\n" : "Turns and quotas DISAGREE.\n")
        .toString();
  }
}
