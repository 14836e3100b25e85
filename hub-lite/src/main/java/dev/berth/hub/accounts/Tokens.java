package dev.berth.hub.accounts;

import org.jspecify.annotations.Nullable;

/** Access tokens of people and programs. */
public interface Tokens {
  /** Null if nobody holds {@code token}. */
  @Nullable Identity holder(String token);

  /**
   * Makes {@code token} the one that {@code label} names; the one it named before loses its power.
   */
  void put(String label, String token, String account, boolean admin);
}
