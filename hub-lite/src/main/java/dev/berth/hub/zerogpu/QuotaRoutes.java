package dev.berth.hub.zerogpu;

import dev.berth.hub.accounts.Callers;
import dev.berth.hub.accounts.Identity;
import dev.berth.hub.http.Json;
import dev.berth.hub.http.Refusal;
import io.javalin.http.Context;

/** What is asked over HTTP about ZeroGPU quotas. */
public final class QuotaRoutes {
  private final Callers callers;
  private final Quotas quotas;

  public QuotaRoutes(Callers callers, Quotas quotas) {
    this.callers = callers;
    this.quotas = quotas;
  }

  /** {@code GET /api/spaces/zero-gpu/quota}: the caller's own. */
  public void own(Context context) {
    Identity caller = callers.require(context);
    Json.answer(
        context,
        quotas
            .of(caller.account(), caller.tier().text())
            .map(QuotaAnswer::of)
            .orElseThrow(
                () ->
                    new Refusal(
                        503,
                        "ServiceUnavailable",
                        "No scheduler tells quotas at the moment; try again")));
  }
}
