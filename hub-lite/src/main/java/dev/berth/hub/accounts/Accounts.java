package dev.berth.hub.accounts;

import dev.berth.api.visitor.Tier;

/** What is known of people and organizations beyond their tokens. */
public interface Accounts {
  /** From now on; an account that nobody has set is {@link Tier#FREE}. */
  void setTier(String account, Tier tier);

  Tier tier(String account);
}
