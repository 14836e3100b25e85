package dev.berth.turns.quota;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Gives allowances: of the base what there is, then of prepaid credits. */
final class Drawing {
  private final QuotaPolicy policy;

  Drawing(QuotaPolicy policy) {
    this.policy = policy;
  }

  QuotaDecision draw(QuotaState state, Ask ask, long now) {
    String broken = ask.broken(policy);
    if (broken != null) {
      return answered(state, ask.id(), new Answer.Contradicted(broken));
    }
    Draw known = state.draw(ask.id());
    if (known != null) {
      return again(state, known, ask);
    }
    Answer refused = state.refusals().get(ask.id());
    return refused == null ? fresh(state, ask, now) : answered(state, ask.id(), refused);
  }

  private QuotaDecision again(QuotaState state, Draw known, Ask ask) {
    if (!known.ask().equals(ask)) {
      return answered(
          state,
          ask.id(),
          new Answer.Contradicted(
              "draw_id %s was used for another draw; choose a new one".formatted(ask.id())));
    }
    return known instanceof Draw.Asked asked
        ? new QuotaDecision(state, List.of(reserve(asked)))
        : answered(state, ask.id(), answer(known));
  }

  private QuotaDecision fresh(QuotaState state, Ask ask, long now) {
    TierPolicy tier = Objects.requireNonNull(policy.tier(ask.tier()));
    VisitorQuota kept = state.visitors().get(ask.visitor());
    VisitorQuota before =
        Forgetting.thinned(
            (kept == null ? VisitorQuota.unseen(ask.visitor(), ask.tier()) : kept).at(now));
    QuotaUse use = QuotaUse.of(before);
    long left = use.left(tier.baseNanos());
    int runs = tier.runs() == 0 ? ask.runs() : Math.min(ask.runs(), tier.runs() - use.runs());
    Answer.@Nullable Code refusal = refusal(state, kept, before, tier, left, runs, ask);
    if (refusal != null) {
      Answer answer = refused(refusal, left, before, now);
      return answered(state.refusing(ask.id(), answer, now), ask.id(), answer);
    }
    VisitorQuota begun = before.begun(ask.tier(), now, policy.windowNanos());
    return left >= ask.needNanos()
        ? given(state, begun, new Draw.Open(ask, base(begun, share(ask, left), runs), 0, 0))
        : asked(state, begun, new Draw.Asked(ask, base(begun, left, runs)));
  }

  private Answer.@Nullable Code refusal(
      QuotaState state,
      @Nullable VisitorQuota kept,
      VisitorQuota before,
      TierPolicy tier,
      long left,
      int runs,
      Ask ask) {
    boolean crowded = kept == null && state.visitors().size() >= policy.visitors();
    if (crowded || before.draws().size() >= Forgetting.MOST_DRAWS) {
      return Answer.Code.QUOTA_EXHAUSTED;
    }
    if (runs < 1) {
      return Answer.Code.RUNS_EXHAUSTED;
    }
    return left < ask.needNanos() && !tier.credits() ? Answer.Code.QUOTA_EXHAUSTED : null;
  }

  /** Beyond what is needed, at most half of the rest: another node may want some too. */
  private static long share(Ask ask, long left) {
    return Math.min(ask.wantNanos(), ask.needNanos() + (left - ask.needNanos()) / 2);
  }

  private Allowance base(VisitorQuota begun, long nanos, int runs) {
    return new Allowance(
        nanos, runs, begun.startNanos(), begun.endNanos(), 0, policy.microUsdPerMinute());
  }

  private static QuotaDecision given(QuotaState state, VisitorQuota begun, Draw.Open open) {
    VisitorQuota after = begun.with(open);
    return new QuotaDecision(
        state.with(after),
        List.of(
            new QuotaEffect.Saved(after), new QuotaEffect.Answered(open.ask().id(), answer(open))));
  }

  /** First written down, then asked: so nothing can be reserved that nobody remembers. */
  private static QuotaDecision asked(QuotaState state, VisitorQuota begun, Draw.Asked asked) {
    VisitorQuota after = begun.with(asked);
    return new QuotaDecision(
        state.with(after), List.of(new QuotaEffect.Saved(after), reserve(asked)));
  }

  static QuotaEffect reserve(Draw.Asked asked) {
    Ask ask = asked.ask();
    long base = asked.base().nanos();
    long price = asked.base().microUsdPerMinute();
    return new QuotaEffect.Reserve(
        ask.id(),
        ask.visitor(),
        CreditPrice.cover(ask.needNanos() - base, price),
        CreditPrice.cover(ask.wantNanos() - base, price));
  }

  /** What the ledger's word makes of a draw. */
  Draw concluded(QuotaState state, Draw.Asked asked, QuotaEvent.Reservation reservation, long now) {
    return switch (reservation) {
      case QuotaEvent.Reservation.Given(long microUsd) -> opened(asked, microUsd);
      case QuotaEvent.Reservation.Refused(boolean pending) ->
          closed(
              state,
              asked,
              pending ? Answer.Code.CREDIT_PENDING : Answer.Code.QUOTA_EXHAUSTED,
              true,
              now);
      case QuotaEvent.Reservation.Unknown unknown ->
          closed(state, asked, Answer.Code.QUOTA_EXHAUSTED, false, now);
    };
  }

  private static Draw opened(Draw.Asked asked, long microUsd) {
    Allowance base = asked.base();
    long most = asked.ask().wantNanos() - base.nanos();
    long credit = CreditPrice.affords(microUsd, base.microUsdPerMinute(), most);
    Allowance whole =
        new Allowance(
            base.nanos() + credit,
            base.runs(),
            base.windowNanos(),
            base.expiresNanos(),
            credit,
            base.microUsdPerMinute());
    return new Draw.Open(asked.ask(), whole, 0, 0);
  }

  private static Draw closed(
      QuotaState state, Draw.Asked asked, Answer.Code code, boolean settled, long now) {
    VisitorQuota visitor =
        Objects.requireNonNull(state.visitors().get(asked.ask().visitor())).at(now);
    return new Draw.Closed(
        asked.ask(), refused(code, asked.base().nanos(), visitor, now), 0, 0, now, settled);
  }

  static Answer answer(Draw draw) {
    return switch (draw) {
      case Draw.Asked asked -> throw new IllegalStateException("Draw has no answer yet: " + asked);
      case Draw.Open open -> new Answer.Given(open.allowance());
      case Draw.Closed closed -> closed.answer();
    };
  }

  private static Answer refused(Answer.Code code, long left, VisitorQuota visitor, long now) {
    long wait = visitor.startNanos() == 0 ? 0 : Math.max(0, visitor.endNanos() - now);
    return new Answer.Refused(code, left, wait);
  }

  private static QuotaDecision answered(QuotaState state, String id, Answer answer) {
    return new QuotaDecision(state, List.of(new QuotaEffect.Answered(id, answer)));
  }
}
