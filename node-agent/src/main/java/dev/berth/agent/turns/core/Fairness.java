package dev.berth.agent.turns.core;

import dev.berth.collect.OrderedMap;
import java.util.Map;

/**
 * How far accounts are ahead in the fair queue, for the next agent.
 *
 * @param virtualTime of the queue
 * @param tags virtual times of accounts' flows, of those that are ahead
 */
public record Fairness(long virtualTime, OrderedMap<String, Ahead> tags) {
  /** An account's weight and the virtual time of its flow. */
  public record Ahead(int weight, long tag) {}

  public static final Fairness LEVEL = new Fairness(0, OrderedMap.empty());
  private static final int BETWEEN_PRUNES = 64;

  Fairness with(String account, Ahead ahead, long now) {
    OrderedMap<String, Ahead> kept =
        ahead.tag() > now ? tags.with(account, ahead) : tags.without(account);
    return new Fairness(now, kept.size() % BETWEEN_PRUNES == 0 ? ahead(kept, now) : kept);
  }

  private static OrderedMap<String, Ahead> ahead(OrderedMap<String, Ahead> tags, long now) {
    OrderedMap<String, Ahead> kept = tags;
    for (Map.Entry<String, Ahead> entry : tags.entrySet()) {
      kept = entry.getValue().tag() > now ? kept : kept.without(entry.getKey());
    }
    return kept;
  }
}
