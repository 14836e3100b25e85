package dev.berth.agent.turns.quota;

import java.util.List;

/** Who keeps the visitors' quota. Calls may block, and throw when nobody answers. */
public interface QuotaKeeper {
  /** Repeating a draw gives the same answer. */
  DrawAnswer draw(Draw draw);

  /** The rules by tier, as they are now. */
  QuotaRules rules();

  /** Tells what was used of allowances; answers with the draws whose closing is durable. */
  List<String> settle(List<Allowance> spent);
}
