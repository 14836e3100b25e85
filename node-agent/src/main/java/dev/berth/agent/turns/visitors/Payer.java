package dev.berth.agent.turns.visitors;

import dev.berth.api.visitor.Tier;
import dev.berth.api.visitor.Visitor;

/** Who pays for a call, or why nobody can be made to. */
public sealed interface Payer {
  /**
   * A visitor.
   *
   * @param key what quota is counted by
   */
  record Known(String key, Tier tier) implements Payer {
    static Known of(Visitor visitor) {
      return new Known(visitor.key(), visitor.tier());
    }

    /** Calls that no visitor stands behind share what one network has, for each Space. */
    static Known anyone(String space) {
      return new Known("ip:" + space, Tier.ANONYMOUS);
    }
  }

  record Refused(String reason, String message) implements Payer {}
}
