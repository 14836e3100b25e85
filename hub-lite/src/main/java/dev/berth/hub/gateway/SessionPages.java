package dev.berth.hub.gateway;

import dev.berth.hub.visitor.AccountLookup;
import io.vertx.core.Handler;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;

/**
 * Under {@code /.berth/} on every host: a browser gives its access token once and is known there
 * from then on, by a cookie that neither the page's scripts nor the Space can read.
 */
final class SessionPages implements Handler<HttpServerRequest> {
  static final String PREFIX = "/.berth/";
  private static final Duration REMEMBERED = Duration.ofDays(30);

  private static final String FORM =
      """
      <!doctype html><html lang="en"><meta charset="utf-8"><title>Sign in</title>
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <style>body{font:16px system-ui;max-width:24rem;margin:15vh auto;padding:0 1rem}input,button{font:inherit;width:100%%;padding:.5rem;margin:.25rem 0;box-sizing:border-box}</style>
      <h1>Sign in</h1><p>%s</p>
      <form method="post" action="/.berth/login"><label>Access token<input name="token" type="password" placeholder="hf_..." autofocus required></label>
      <button>Sign in</button></form></html>
      """;

  private final AccountLookup accounts;

  SessionPages(AccountLookup accounts) {
    this.accounts = accounts;
  }

  static boolean serves(HttpServerRequest request) {
    return request.path() != null && request.path().startsWith(PREFIX);
  }

  @Override
  public void handle(HttpServerRequest request) {
    switch (request.method() + " " + request.path()) {
      case "GET /.berth/login" ->
          form(request.response(), 200, "Calls to GPUs then count for your account.");
      case "POST /.berth/login" -> signIn(request);
      case "POST /.berth/logout" -> leave(request.response(), cookie("", Duration.ZERO));
      default ->
          request
              .response()
              .setStatusCode(404)
              .end("No such page; there are GET and POST /.berth/login, POST /.berth/logout.\n");
    }
  }

  private void signIn(HttpServerRequest request) {
    request.setExpectMultipart(true);
    request.endHandler(
        end -> {
          String token = String.valueOf(request.getFormAttribute("token")).strip();
          accounts
              .holder(token)
              .onSuccess(
                  holder -> {
                    if (holder.isPresent()) {
                      leave(request.response(), cookie(token, REMEMBERED));
                    } else {
                      form(request.response(), 401, "Nobody holds this token. Try another.");
                    }
                  })
              .onFailure(
                  problem ->
                      form(
                          request.response(), 503, "The hub cannot be asked now. Try again soon."));
        });
  }

  private static void leave(HttpServerResponse response, Cookie cookie) {
    response.addCookie(cookie).setStatusCode(303).putHeader("Location", "/").end();
  }

  private static Cookie cookie(String token, Duration life) {
    return Cookie.cookie(Identification.SESSION_COOKIE, token)
        .setPath("/")
        .setHttpOnly(true)
        .setSameSite(CookieSameSite.LAX)
        .setMaxAge(life.toSeconds());
  }

  private static void form(HttpServerResponse response, int status, String sentence) {
    response
        .setStatusCode(status)
        .putHeader("Content-Type", "text/html; charset=utf-8")
        .putHeader(
            "Content-Security-Policy",
            "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'")
        .end(FORM.formatted(sentence));
  }
}
