package dev.berth.hub.accounts;

import dev.berth.hub.http.Refusal;
import io.javalin.http.Context;

/** The account that a path names. */
public final class AccountName {
  private AccountName() {}

  /** An account is a namespace too (ADR 4), so it is named like one. */
  public static String of(Context context) {
    String name = context.pathParam("name");
    if (!name.matches("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")) {
      throw new Refusal(
          400,
          "BadRequest",
          "Account name "
              + name
              + " is not usable; expected at most 63 lower-case letters, digits and inner hyphens");
    }
    return name;
  }
}
