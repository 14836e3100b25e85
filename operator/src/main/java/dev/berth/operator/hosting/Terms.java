package dev.berth.operator.hosting;

import dev.berth.api.turns.v1.QuotaPolicy;

/** What an account may, as far as it is known now. */
public sealed interface Terms {
  record Known(String tier, QuotaPolicy policy) implements Terms {}

  /**
   * {@code who} does not answer: the hub, which knows tiers, or the scheduler, which has the rules.
   */
  record Unknown(String who) implements Terms {}

  /** Where they come from. May block for a few seconds. */
  @FunctionalInterface
  interface Source {
    Terms of(String account);
  }
}
