package dev.berth.hub.credits;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.hub.accounts.AccountName;
import dev.berth.hub.accounts.Accounts;
import dev.berth.hub.accounts.Callers;
import dev.berth.hub.accounts.Identity;
import dev.berth.hub.http.Json;
import dev.berth.hub.http.Refusal;
import io.javalin.http.Context;
import java.io.IOException;

/** What is asked over HTTP about an account and its credits. */
public final class CreditRoutes {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final long MOST_MICRO_USD = 1_000_000_000_000L;
  private final Callers callers;
  private final Accounts accounts;
  private final Credits credits;

  public CreditRoutes(Callers callers, Accounts accounts, Credits credits) {
    this.callers = callers;
    this.accounts = accounts;
    this.credits = credits;
  }

  private record Account(String name, String tier, Balance credits) {}

  /** To the account itself and to admins. */
  public void show(Context context) {
    Identity caller = callers.require(context);
    String name = AccountName.of(context);
    callers.account(caller, name); // Refuses who may not see it.
    answer(context, name, credits.balance(name));
  }

  /** The books of all accounts with credits, for admins. */
  public void books(Context context) {
    callers.requireAdmin(context);
    Json.answer(context, credits.books());
  }

  /** {@code POST {"micro_usd": 5000000, "reference": "invoice-17"}}, for admins. */
  public void topUp(Context context) {
    callers.requireAdmin(context);
    String name = AccountName.of(context);
    JsonNode body = body(context);
    JsonNode amount = body.path("micro_usd");
    String reference = body.path("reference").asText("");
    if (!amount.isIntegralNumber()
        || !amount.canConvertToLong()
        || amount.longValue() < 1
        || amount.longValue() > MOST_MICRO_USD) {
      throw bad("micro_usd=" + amount + "; expected a whole number from 1 to " + MOST_MICRO_USD);
    }
    if (!reference.matches("[\\w./:-]{1,128}")) {
      throw bad(
          "reference='"
              + reference
              + "'; expected what names this payment once, so that a repetition adds nothing");
    }
    try {
      answer(context, name, credits.topUp(name, amount.longValue(), reference));
    } catch (Credits.ContradictionException e) {
      throw new Refusal(409, "Conflict", String.valueOf(e.getMessage()));
    }
  }

  private void answer(Context context, String name, Balance balance) {
    Json.answer(context, new Account(name, accounts.tier(name).text(), balance));
  }

  private static JsonNode body(Context context) {
    try {
      return MAPPER.readTree(context.body());
    } catch (IOException e) {
      throw bad("The body is not JSON; expected {\"micro_usd\": 5000000, \"reference\": \"...\"}");
    }
  }

  private static Refusal bad(String why) {
    return new Refusal(400, "BadRequest", why);
  }
}
