package dev.berth.hub.zerogpu;

import dev.berth.api.turns.v1.NodeLoad;
import dev.berth.api.turns.v1.QuotaStatus;
import dev.berth.hub.accounts.Callers;
import dev.berth.hub.accounts.Identity;
import dev.berth.hub.http.Json;
import dev.berth.hub.http.Refusal;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The shared GPUs of the whole fleet: a page, and what it reads. */
public final class FleetRoutes {
  private final Callers callers;
  private final Fleet fleet;
  private final Quotas quotas;

  public FleetRoutes(Callers callers, Fleet fleet, Quotas quotas) {
    this.callers = callers;
    this.fleet = fleet;
    this.quotas = quotas;
  }

  /** {@code GET /api/zerogpu}: all nodes; quotas of all to admins, the caller's own to others. */
  public void loads(Context context) {
    Identity caller = callers.require(context);
    List<NodeLoad> loads =
        fleet
            .loads()
            .orElseThrow(
                () ->
                    new Refusal(
                        503,
                        "ServiceUnavailable",
                        "No scheduler tells what goes on at the moment; try again"));
    context.header("Cache-Control", "no-store");
    Json.answer(context, FleetAnswer.of(caller, loads, quotas(caller)));
  }

  private List<QuotaStatus> quotas(Identity caller) {
    return caller.admin()
        ? fleet.quotas()
        : quotas.of(caller.account(), caller.tier().text()).stream().toList();
  }

  public void page(Context context) {
    callers.require(context);
    context.header(
        "Content-Security-Policy",
        "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'");
    context.contentType("text/html; charset=utf-8").result(html());
  }

  private static String html() {
    try (InputStream page = FleetRoutes.class.getResourceAsStream("/pages/zerogpu-fleet.html")) {
      return new String(Objects.requireNonNull(page).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
