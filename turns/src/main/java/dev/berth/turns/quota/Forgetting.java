package dev.berth.turns.quota;

import dev.berth.collect.OrderedMap;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What is not needed any more. A closed draw is remembered for longer than any message can be under
 * way, an open one of the base for as long again as its window lasted, one with credits until its
 * node settles it: that money is reserved. A node that has not settled for {@link
 * #ABANDONED_WINDOWS} windows is gone: what it told is charged, and the rest is free.
 */
final class Forgetting {
  /** Draws of a visitor that are kept, so that what is saved of one visitor stays small. */
  static final int MOST_DRAWS = 1_024;

  /** Windows after the end of its own that a draw with credits stays open. */
  static final int ABANDONED_WINDOWS = 7;

  static final long REMEMBERED_NANOS = 600_000_000_000L;
  private final QuotaPolicy policy;

  Forgetting(QuotaPolicy policy) {
    this.policy = policy;
  }

  QuotaDecision tick(QuotaState state, long now) {
    List<QuotaEffect> effects = new ArrayList<>();
    QuotaState next = state.with(state.refusals().at(now));
    for (VisitorQuota quota : state.visitors().values()) {
      VisitorQuota kept = kept(quota, now);
      owed(quota, effects);
      if (kept.isForgettable(now)) {
        effects.add(new QuotaEffect.Removed(quota.visitor()));
        next = next.without(quota.visitor());
      } else if (kept.draws() != quota.draws()) {
        effects.add(new QuotaEffect.Saved(kept));
        next = next.with(kept);
      }
    }
    return new QuotaDecision(next, effects);
  }

  private VisitorQuota kept(VisitorQuota quota, long now) {
    OrderedMap<String, Draw> draws = quota.draws();
    for (Draw draw : quota.draws().values()) {
      String id = draw.ask().id();
      if (isPast(draw, now)) {
        draws = draws.without(id);
      } else if (draw instanceof Draw.Open open && isAbandoned(open, now)) {
        draws = draws.with(id, abandoned(open, now));
      }
    }
    return quota.withDraws(draws);
  }

  /** No turn has begun on it since its window ended, so nothing of it can be used any more. */
  private boolean isAbandoned(Draw.Open open, long now) {
    return now >= open.allowance().expiresNanos() + ABANDONED_WINDOWS * policy.windowNanos();
  }

  /** Should the node come back after all, what it tells beyond this is refused and named. */
  private static Draw abandoned(Draw.Open open, long now) {
    return new Draw.Closed(
        open.ask(),
        new Answer.Given(open.allowance()),
        open.usedNanos(),
        open.usedRuns(),
        now,
        false);
  }

  private boolean isPast(Draw draw, long now) {
    return switch (draw) {
      case Draw.Asked asked -> false;
      case Draw.Open open ->
          open.allowance().creditNanos() == 0
              && now >= open.allowance().expiresNanos() + policy.windowNanos();
      case Draw.Closed closed -> closed.settled() && now >= closed.atNanos() + REMEMBERED_NANOS;
    };
  }

  /** What the ledger has not answered yet. */
  private static void owed(VisitorQuota quota, List<QuotaEffect> effects) {
    for (Draw draw : quota.draws().values()) {
      switch (draw) {
        case Draw.Asked asked -> effects.add(Drawing.reserve(asked));
        case Draw.Open open -> {}
        case Draw.Closed closed -> {
          if (!closed.settled()) {
            effects.add(
                new QuotaEffect.Charge(closed.ask().id(), quota.visitor(), closed.charge()));
          }
        }
      }
    }
  }

  /** With room for one more draw, if one can be forgotten: the one closed first. */
  static VisitorQuota thinned(VisitorQuota quota) {
    if (quota.draws().size() < MOST_DRAWS) {
      return quota;
    }
    return quota.draws().values().stream()
        .filter(draw -> draw instanceof Draw.Closed closed && closed.settled())
        .map(Draw.Closed.class::cast)
        .min(Comparator.comparingLong(Draw.Closed::atNanos))
        .map(oldest -> quota.withDraws(quota.draws().without(oldest.ask().id())))
        .orElse(quota);
  }
}
