package dev.berth.turns.quota;

/** Decides: pure, so that production and simulation run the same. */
@FunctionalInterface
public interface QuotaStep {
  QuotaDecision step(QuotaState state, QuotaEvent event, long now);
}
