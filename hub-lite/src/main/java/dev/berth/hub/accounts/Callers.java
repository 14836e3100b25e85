package dev.berth.hub.accounts;

import dev.berth.hub.http.Authorization;
import dev.berth.hub.http.Refusal;
import io.javalin.http.Context;
import org.jspecify.annotations.Nullable;

/** Tells who calls and refuses who may not. */
public record Callers(Tokens tokens) {

  /** The caller, or a 401. */
  public Identity require(Context context) {
    String token = Authorization.token(context.header("Authorization"));
    if (token == null) {
      throw new Refusal(
          401,
          "TokenMissing",
          "A token is needed: send 'Authorization: Bearer hf_...', or Basic with it as password");
    }
    Identity holder = tokens.holder(token);
    if (holder == null) {
      throw new Refusal(401, "TokenInvalid", "Invalid user token");
    }
    return holder;
  }

  /** The account to show: {@code wanted}, or all (null) to an admin and their own to others. */
  public @Nullable String account(Identity caller, @Nullable String wanted) {
    if (wanted != null && !caller.maySee(wanted)) {
      throw new Refusal(
          403,
          "Forbidden",
          "Account " + caller.account() + " may not see account " + wanted + "; ask an admin");
    }
    return wanted == null && !caller.admin() ? caller.account() : wanted;
  }

  public void requireAdmin(Context context) {
    if (!require(context).admin()) {
      throw new Refusal(403, "Forbidden", "This is for admins only");
    }
  }
}
