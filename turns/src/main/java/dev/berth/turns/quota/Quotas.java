package dev.berth.turns.quota;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Escrow: nodes draw allowances out of visitors' quotas and settle what they used. What is used and
 * drawn never exceeds the base and the reserved credits, whatever is lost, repeated or reordered,
 * since a draw is counted as held from the write that makes it durable until it is closed.
 */
public final class Quotas implements QuotaStep {
  private final QuotaPolicy policy;
  private final Drawing drawing;
  private final Forgetting forgetting;

  public Quotas(QuotaPolicy policy) {
    this.policy = policy;
    this.drawing = new Drawing(policy);
    this.forgetting = new Forgetting(policy);
  }

  @Override
  public QuotaDecision step(QuotaState state, QuotaEvent event, long now) {
    return switch (event) {
      case QuotaEvent.Drawn(Ask ask) -> drawing.draw(state, ask, now);
      case QuotaEvent.Settled settled -> settle(state, settled, now);
      case QuotaEvent.Reserved reserved -> reserved(state, reserved, now);
      case QuotaEvent.Charged(String id) -> charged(state, id);
      case QuotaEvent.Tick tick -> forgetting.tick(state, now);
    };
  }

  private QuotaDecision settle(QuotaState state, QuotaEvent.Settled event, long now) {
    List<QuotaEffect> effects = new ArrayList<>();
    List<String> settled = new ArrayList<>();
    List<QuotaEffect.Refused> refused = new ArrayList<>();
    QuotaState next = state;
    for (Spent spent : event.spent()) {
      Settlement settlement = Settlement.of(next.draw(spent.id()), event.node(), spent, now);
      if (settlement.refusal() != null) {
        refused.add(new QuotaEffect.Refused(spent.id(), settlement.refusal()));
      } else if (settlement.done()) {
        settled.add(spent.id());
        next = next.draw(spent.id()) == null ? neverGiven(next, spent.id(), now) : next;
      }
      if (settlement.changed() != null) {
        next = save(next, settlement.changed(), effects);
      }
    }
    effects.add(new QuotaEffect.SettlementAnswered(settled, refused));
    return new QuotaDecision(next, effects);
  }

  /**
   * A node gives up a draw whose answer it has not heard: should the draw still come, it is late.
   */
  private static QuotaState neverGiven(QuotaState state, String id, long now) {
    return state.refusing(id, new Answer.Refused(Answer.Code.QUOTA_EXHAUSTED, 0, 0), now);
  }

  private QuotaDecision reserved(QuotaState state, QuotaEvent.Reserved event, long now) {
    if (!(state.draw(event.id()) instanceof Draw.Asked asked)) {
      return new QuotaDecision(state, List.of()); // Answered already.
    }
    List<QuotaEffect> effects = new ArrayList<>();
    Draw draw = drawing.concluded(state, asked, event.reservation(), now);
    QuotaState next = save(state, draw, effects);
    effects.add(new QuotaEffect.Answered(event.id(), Drawing.answer(draw)));
    return new QuotaDecision(next, effects);
  }

  private static QuotaDecision charged(QuotaState state, String id) {
    if (!(state.draw(id) instanceof Draw.Closed closed) || closed.settled()) {
      return new QuotaDecision(state, List.of());
    }
    List<QuotaEffect> effects = new ArrayList<>();
    Draw settled =
        new Draw.Closed(
            closed.ask(),
            closed.answer(),
            closed.usedNanos(),
            closed.usedRuns(),
            closed.atNanos(),
            true);
    return new QuotaDecision(save(state, settled, effects), effects);
  }

  /** Replaces a draw that is known; what it closes counts, and goes to the ledger. */
  private static QuotaState save(QuotaState state, Draw draw, List<QuotaEffect> effects) {
    Ask ask = draw.ask();
    VisitorQuota after = Objects.requireNonNull(state.visitors().get(ask.visitor())).with(draw);
    boolean closes = !(state.draw(ask.id()) instanceof Draw.Closed);
    if (closes && draw instanceof Draw.Closed closed) {
      after = counted(after, closed).unlessUnused();
      effects.add(new QuotaEffect.Saved(after));
      if (!closed.settled()) {
        effects.add(new QuotaEffect.Charge(ask.id(), ask.visitor(), closed.charge()));
      }
    } else {
      effects.add(new QuotaEffect.Saved(after));
    }
    return state.with(after);
  }

  private static VisitorQuota counted(VisitorQuota quota, Draw.Closed closed) {
    return closed.answer() instanceof Answer.Given(Allowance allowance)
        ? quota.counting(allowance, closed.usedNanos(), closed.usedRuns())
        : quota;
  }
}
