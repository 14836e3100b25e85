package dev.berth.hub.accounts;

import dev.berth.api.visitor.Tier;

/** Who a token stands for. An admin may see every account. */
public record Identity(String account, Tier tier, boolean admin) {
  public boolean maySee(String wanted) {
    return admin || account.equals(wanted);
  }
}
