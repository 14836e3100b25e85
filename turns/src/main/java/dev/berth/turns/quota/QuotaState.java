package dev.berth.turns.quota;

import dev.berth.collect.OrderedMap;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * All visitors with something used or drawn.
 *
 * @param visitors by key
 * @param owners the visitor of each draw that is known
 */
public record QuotaState(
    OrderedMap<String, VisitorQuota> visitors, OrderedMap<String, String> owners) {
  public static final QuotaState EMPTY = new QuotaState(OrderedMap.empty(), OrderedMap.empty());

  /** What was saved. */
  public static QuotaState of(Collection<VisitorQuota> saved) {
    QuotaState state = EMPTY;
    for (VisitorQuota quota : saved) {
      state = state.with(quota);
    }
    return state;
  }

  public @Nullable Draw draw(String id) {
    String owner = owners.get(id);
    VisitorQuota quota = owner == null ? null : visitors.get(owner);
    return quota == null ? null : quota.draws().get(id);
  }

  public QuotaState with(VisitorQuota quota) {
    VisitorQuota before = visitors.get(quota.visitor());
    OrderedMap<String, String> known = owners;
    if (before != null) {
      for (String id : before.draws().keySet()) {
        known = quota.draws().containsKey(id) ? known : known.without(id);
      }
    }
    for (String id : quota.draws().keySet()) {
      known = known.containsKey(id) ? known : known.with(id, quota.visitor());
    }
    return new QuotaState(visitors.with(quota.visitor(), quota), known);
  }

  public QuotaState without(String visitor) {
    VisitorQuota before = visitors.get(visitor);
    OrderedMap<String, String> known = owners;
    if (before != null) {
      for (String id : before.draws().keySet()) {
        known = known.without(id);
      }
    }
    return new QuotaState(visitors.without(visitor), known);
  }
}
