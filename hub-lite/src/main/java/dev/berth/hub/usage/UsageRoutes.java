package dev.berth.hub.usage;

import dev.berth.hub.accounts.Callers;
import dev.berth.hub.accounts.Identity;
import dev.berth.hub.credits.Credits;
import dev.berth.hub.http.Json;
import dev.berth.hub.http.Refusal;
import io.javalin.http.Context;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What is asked over HTTP about usage: translate, call, translate back. */
public final class UsageRoutes {
  private final Callers callers;
  private final Usage usage;
  private final Credits credits;

  public UsageRoutes(Callers callers, Usage usage, Credits credits) {
    this.callers = callers;
    this.usage = usage;
    this.credits = credits;
  }

  /** {@code ?account=&from=&to=&group=account|resource|day}; days are UTC and included. */
  public void usage(Context context) {
    Identity caller = callers.require(context);
    Grouping group = group(context.queryParam("group"));
    Json.answer(context, UsageReport.of(group, usage.lines(filter(context, caller))));
  }

  public void audit(Context context) {
    callers.requireAdmin(context);
    Json.answer(context, usage.audit());
  }

  public void page(Context context) {
    Identity caller = callers.require(context);
    UsageFilter filter = filter(context, caller);
    String account = filter.account();
    String html =
        BillingPage.render(
            filter,
            usage.lines(filter),
            account == null ? null : credits.balance(account),
            caller.admin() ? usage.audit() : null);
    context.header(
        "Content-Security-Policy",
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'");
    context.contentType("text/html; charset=utf-8").result(html);
  }

  private UsageFilter filter(Context context, Identity caller) {
    LocalDate from = day(context, "from");
    LocalDate to = day(context, "to");
    if (from != null && to != null && from.isAfter(to)) {
      throw new Refusal(400, "BadRequest", "from=" + from + " is after to=" + to);
    }
    return new UsageFilter(callers.account(caller, given(context, "account")), from, to);
  }

  private static @Nullable LocalDate day(Context context, String name) {
    String text = given(context, name);
    try {
      return text == null ? null : LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw new Refusal(
          400, "BadRequest", name + "=" + text + " is not a day; expected YYYY-MM-DD (UTC)");
    }
  }

  private static @Nullable String given(Context context, String name) {
    String text = context.queryParam(name);
    return text == null || text.isBlank() ? null : text;
  }

  private static Grouping group(@Nullable String text) {
    String wanted = text == null || text.isBlank() ? "account" : text;
    return Arrays.stream(Grouping.values())
        .filter(group -> group.text().equals(wanted))
        .findFirst()
        .orElseThrow(
            () ->
                new Refusal(
                    400,
                    "BadRequest",
                    "group=" + wanted + " is unknown; expected account, resource or day"));
  }
}
