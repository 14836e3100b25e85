package dev.berth.turns.quota;

import dev.berth.collect.OrderedMap;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * All visitors with something used or drawn.
 *
 * @param visitors by key
 * @param owners the visitor of each draw that is known
 * @param refusals not kept by a store
 */
public record QuotaState(
    OrderedMap<String, VisitorQuota> visitors,
    OrderedMap<String, String> owners,
    Refusals refusals) {
  public static final QuotaState EMPTY =
      new QuotaState(OrderedMap.empty(), OrderedMap.empty(), Refusals.NONE);

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
    return new QuotaState(visitors.with(quota.visitor(), quota), known, refusals);
  }

  public QuotaState without(String visitor) {
    VisitorQuota before = visitors.get(visitor);
    OrderedMap<String, String> known = owners;
    if (before != null) {
      for (String id : before.draws().keySet()) {
        known = known.without(id);
      }
    }
    return new QuotaState(visitors.without(visitor), known, refusals);
  }

  QuotaState with(Refusals changed) {
    return new QuotaState(visitors, owners, changed);
  }

  /** Draw {@code id} gives nothing, also if it is repeated. */
  QuotaState refusing(String id, Answer answer, long now) {
    return with(refusals.with(id, answer, now));
  }
}
