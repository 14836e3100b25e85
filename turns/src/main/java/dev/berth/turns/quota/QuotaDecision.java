package dev.berth.turns.quota;

import java.util.List;

/** The state after an event, and what is to be done. */
public record QuotaDecision(QuotaState state, List<QuotaEffect> effects) {
  public QuotaDecision {
    effects = List.copyOf(effects);
  }
}
