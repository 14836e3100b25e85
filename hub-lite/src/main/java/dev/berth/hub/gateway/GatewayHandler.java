package dev.berth.hub.gateway;

import dev.berth.hub.gateway.spaces.SpaceStates;
import dev.berth.hub.visitor.IssuedTokens;
import dev.berth.hub.visitor.Visitors;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.httpproxy.HttpProxy;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Decides where a request goes and sends it there, or says why it goes nowhere. */
final class GatewayHandler implements Handler<HttpServerRequest> {
  private final HttpClient client;
  private final RoutingTable table;
  private final BooleanSupplier loaded;
  private final Arrival arrival;
  private final SpaceStates spaces;
  private final Visitors visitors;
  private final IssuedTokens tokens;
  private final SessionPages sessions;
  private final GatewayMetrics metrics;
  private final OpenVisits open;

  GatewayHandler(
      HttpClient client,
      RoutingTable table,
      BooleanSupplier loaded,
      Arrival arrival,
      SpaceStates spaces,
      Visitors visitors,
      IssuedTokens tokens,
      SessionPages sessions,
      GatewayMetrics metrics,
      OpenVisits open) {
    this.client = client;
    this.table = table;
    this.loaded = loaded;
    this.arrival = arrival;
    this.spaces = spaces;
    this.visitors = visitors;
    this.tokens = tokens;
    this.sessions = sessions;
    this.metrics = metrics;
    this.open = open;
  }

  @Override
  public void handle(HttpServerRequest request) {
    String host = request.getHeader("Host");
    request
        .response()
        .headersEndHandler(done -> metrics.answered(request.response().getStatusCode()));
    if (SessionPages.serves(request)) {
      sessions.handle(request);
      return;
    }
    arrival.await(request, () -> look(host), this::mayChange, route -> send(request, host, route));
  }

  /** Finds the way, and tells the Space that somebody comes. */
  private Route look(@Nullable String host) {
    Route route = table.route(host);
    switch (route) {
      case Route.Ready ready -> spaces.visited(ready.space());
      case Route.NoneReady none -> spaces.visited(none.space());
      case Route.Unknown unknown -> {}
    }
    return route;
  }

  private boolean mayChange(Route route) {
    return switch (route) {
      case Route.Ready ready -> false;
      case Route.NoneReady none -> spaces.of(none.space()).starting();
      case Route.Unknown unknown -> !loaded.getAsBoolean();
    };
  }

  private void send(HttpServerRequest request, @Nullable String host, Route route) {
    switch (route) {
      case Route.Ready ready -> forward(request, ready);
      case Route.NoneReady none ->
          refuse(
              request,
              503,
              "Nothing is ready behind %s. %s".formatted(host, spaces.of(none.space()).absence()));
      case Route.Unknown unknown when loaded.getAsBoolean() ->
          refuse(
              request,
              404,
              "No Space or Endpoint has the address "
                  + host
                  + " here. Check the URL in its status.");
      case Route.Unknown unknown ->
          refuse(
              request,
              503,
              "The gateway has not learned its routes from the cluster yet. Try again soon.");
    }
  }

  /**
   * A proxy object is a few references; the origin of each request differs, so each gets its own.
   */
  private void forward(HttpServerRequest request, Route.Ready ready) {
    HttpProxy.reverseProxy(client)
        .origin(
            context ->
                new Connection(client, metrics)
                    .toOneOf(Identification.order(context, ready), request.authority()))
        .addInterceptor(new Identification(visitors, tokens, ready, open), true)
        .addInterceptor(new Forwarding(), true)
        .handle(request);
  }

  /** A browser gets a page that looks again by itself. */
  private static void refuse(HttpServerRequest request, int status, String sentence) {
    boolean again = status == 503;
    boolean page = String.valueOf(request.getHeader("Accept")).contains("text/html");
    if (again) {
      request.response().putHeader("Retry-After", "2");
    }
    request
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", page ? "text/html; charset=utf-8" : "text/plain; charset=utf-8")
        .end(page ? AbsencePage.html(sentence, again) : sentence + "\n");
  }
}
