package dev.berth.turns.quota;

import dev.berth.collect.OrderedMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Planted bugs that the simulation must find. */
enum Mutant {
  NONE,
  /** A leader that was followed by another still writes. */
  DEPOSED_LEADER_WRITES,
  /** An answer leaves before it is durable. */
  ANSWERS_BEFORE_COMMIT,
  /** The hub takes a repeated reservation for a new one. */
  LEDGER_RESERVES_AGAIN,
  /** A repeated draw that is closed is taken for a new one. */
  FORGETS_CLOSED_DRAWS {
    @Override
    QuotaDecision step(QuotaStep quotas, QuotaState state, QuotaEvent event, long now) {
      if (event instanceof QuotaEvent.Drawn(Ask ask)
          && state.draw(ask.id()) instanceof Draw.Closed) {
        VisitorQuota quota = visitor(state, ask.visitor());
        QuotaState without = state.with(quota.withDraws(quota.draws().without(ask.id())));
        return quotas.step(without, event, now);
      }
      return quotas.step(state, event, now);
    }
  },
  /** What nodes hold does not count when another node draws. */
  IGNORES_WHAT_IS_HELD {
    @Override
    QuotaDecision step(QuotaStep quotas, QuotaState state, QuotaEvent event, long now) {
      if (!(event instanceof QuotaEvent.Drawn(Ask ask)) || state.draw(ask.id()) != null) {
        return quotas.step(state, event, now);
      }
      @Nullable VisitorQuota quota = state.visitors().get(ask.visitor());
      if (quota == null) {
        return quotas.step(state, event, now);
      }
      QuotaState blind = state.with(quota.withDraws(OrderedMap.empty()));
      QuotaDecision decision = quotas.step(blind, event, now);
      VisitorQuota after = visitor(decision.state(), ask.visitor());
      OrderedMap<String, Draw> draws = quota.draws();
      for (Draw draw : after.draws().values()) {
        draws = draws.with(draw.ask().id(), draw);
      }
      VisitorQuota merged = after.withDraws(draws);
      return new QuotaDecision(
          decision.state().with(merged),
          decision.effects().stream()
              .map(e -> e instanceof QuotaEffect.Saved ? new QuotaEffect.Saved(merged) : e)
              .toList());
    }
  },
  /** A total that is told again is added. */
  ADDS_WHAT_IS_REPEATED {
    @Override
    QuotaDecision step(QuotaStep quotas, QuotaState state, QuotaEvent event, long now) {
      return event instanceof QuotaEvent.Settled settled
          ? quotas.step(
              state,
              new QuotaEvent.Settled(
                  settled.node(),
                  settled.spent().stream().map(spent -> added(state, spent)).toList()),
              now)
          : quotas.step(state, event, now);
    }

    private Spent added(QuotaState state, Spent spent) {
      return state.draw(spent.id()) instanceof Draw.Open open
          ? new Spent(
              spent.id(),
              Math.min(open.allowance().nanos(), open.usedNanos() + spent.usedNanos()),
              Math.max(open.usedRuns(), spent.usedRuns()),
              spent.closed())
          : spent;
    }
  },
  /** What a draw of an ended window used counts in the present one. */
  COUNTS_LATE_USE_IN_THE_PRESENT_WINDOW {
    @Override
    QuotaDecision step(QuotaStep quotas, QuotaState state, QuotaEvent event, long now) {
      QuotaState moved = state;
      if (event instanceof QuotaEvent.Settled settled) {
        for (Spent spent : settled.spent()) {
          if (moved.draw(spent.id()) instanceof Draw.Open open) {
            moved = moved(moved, open);
          }
        }
      }
      return quotas.step(moved, event, now);
    }

    private QuotaState moved(QuotaState state, Draw.Open open) {
      VisitorQuota quota = visitor(state, open.ask().visitor());
      Allowance old = open.allowance();
      Allowance present =
          new Allowance(
              old.nanos(),
              old.runs(),
              quota.startNanos(),
              quota.endNanos(),
              old.creditNanos(),
              old.microUsdPerMinute());
      return state.with(
          quota.with(new Draw.Open(open.ask(), present, open.usedNanos(), open.usedRuns())));
    }
  },
  /** Used credits are not told to the hub. */
  NEVER_CHARGES {
    @Override
    QuotaDecision step(QuotaStep quotas, QuotaState state, QuotaEvent event, long now) {
      QuotaDecision decision = quotas.step(state, event, now);
      return new QuotaDecision(
          decision.state(),
          decision.effects().stream()
              .filter(effect -> !(effect instanceof QuotaEffect.Charge))
              .toList());
    }
  },
  /** A hub that does not answer is taken for one that refuses. */
  TAKES_SILENCE_FOR_NO {
    @Override
    QuotaDecision step(QuotaStep quotas, QuotaState state, QuotaEvent event, long now) {
      return event instanceof QuotaEvent.Reserved reserved
              && reserved.reservation() instanceof QuotaEvent.Reservation.Unknown
          ? quotas.step(
              state,
              new QuotaEvent.Reserved(reserved.id(), new QuotaEvent.Reservation.Refused(false)),
              now)
          : quotas.step(state, event, now);
    }
  },
  /** At the end of a window, draws with credits are forgotten too. */
  FORGETS_CREDITS_WITH_THE_WINDOW {
    @Override
    QuotaDecision step(QuotaStep quotas, QuotaState state, QuotaEvent event, long now) {
      QuotaState lighter = state;
      if (event instanceof QuotaEvent.Tick) {
        for (VisitorQuota quota : state.visitors().values()) {
          OrderedMap<String, Draw> draws = quota.draws();
          for (Draw draw : quota.draws().values()) {
            draws =
                draw instanceof Draw.Open open && now >= open.allowance().expiresNanos()
                    ? draws.without(draw.ask().id())
                    : draws;
          }
          lighter = lighter.with(quota.withDraws(draws));
        }
      }
      QuotaDecision decision = quotas.step(lighter, event, now);
      return decision;
    }
  },
  /** A refusal is forgotten at once, so a late repetition draws. */
  FORGETS_REFUSALS {
    @Override
    QuotaDecision step(QuotaStep quotas, QuotaState state, QuotaEvent event, long now) {
      return quotas.step(state.with(Refusals.NONE), event, now);
    }
  };

  static final List<Mutant> PLANTED =
      List.of(values()).stream().filter(mutant -> mutant != NONE).toList();

  QuotaStep over(QuotaStep quotas) {
    return (state, event, now) -> step(quotas, state, event, now);
  }

  QuotaDecision step(QuotaStep quotas, QuotaState state, QuotaEvent event, long now) {
    return quotas.step(state, event, now);
  }

  private static VisitorQuota visitor(QuotaState state, String name) {
    @Nullable VisitorQuota quota = state.visitors().get(name);
    return quota == null ? VisitorQuota.unseen(name, QuotaWorld.tier(name)) : quota;
  }
}
