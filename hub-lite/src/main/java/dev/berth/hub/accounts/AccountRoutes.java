package dev.berth.hub.accounts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.api.visitor.Tier;
import dev.berth.hub.http.Json;
import dev.berth.hub.http.Refusal;
import io.javalin.http.Context;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;

/** What is asked over HTTP about accounts and tokens. */
public final class AccountRoutes {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int TOKEN_BYTES = 20;
  private final Callers callers;
  private final Accounts accounts;
  private final Tokens tokens;
  private final SecureRandom random;

  public AccountRoutes(Callers callers, Accounts accounts, Tokens tokens, SecureRandom random) {
    this.callers = callers;
    this.accounts = accounts;
    this.tokens = tokens;
    this.random = random;
  }

  public void whoami(Context context) {
    Json.answer(context, WhoAmI.of(callers.require(context)));
  }

  /** {@code PUT {"tier": "pro"}}, for admins. */
  public void change(Context context) {
    callers.requireAdmin(context);
    String account = AccountName.of(context);
    Tier tier = tier(context);
    accounts.setTier(account, tier);
    Json.answer(context, Map.of("name", account, "tier", tier.text()));
  }

  /** A new access token of the account, shown this once; for admins. */
  public void issue(Context context) {
    callers.requireAdmin(context);
    String account = AccountName.of(context);
    String token = "hf_" + hex(TOKEN_BYTES);
    tokens.put("account/" + account + "/" + hex(4), token, account, false);
    Json.answer(context.status(201), Map.of("name", account, "token", token));
  }

  private String hex(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static Tier tier(Context context) {
    String text = field(context, "tier");
    return Tier.of(text)
        .filter(tier -> tier != Tier.ANONYMOUS)
        .orElseThrow(
            () ->
                new Refusal(
                    400,
                    "BadRequest",
                    "tier=" + text + " is unknown; expected free, pro, team or enterprise"));
  }

  private static String field(Context context, String name) {
    try {
      JsonNode body = MAPPER.readTree(context.body());
      return body.path(name).asText("");
    } catch (IOException e) {
      throw new Refusal(
          400, "BadRequest", "The body is not JSON; expected {\"" + name + "\": \"...\"}");
    }
  }
}
