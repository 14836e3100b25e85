package dev.berth.hub.gateway;

import dev.berth.hub.http.Authorization;
import dev.berth.hub.visitor.Credentials;
import dev.berth.hub.visitor.IssuedTokens;
import dev.berth.hub.visitor.Visitors;
import io.vertx.core.Future;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyRequest;
import io.vertx.httpproxy.ProxyResponse;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Gives the pod a signed {@code X-IP-Token} that says who visits, in place of any that the client
 * sent. Access tokens of ours are not passed on: whoever wrote the Space could use them.
 */
final class Identification implements ProxyInterceptor {
  static final String HEADER = "X-IP-Token";
  static final String SESSION_COOKIE = "berth_session";
  private static final String TOKEN_PREFIX = "hf_";
  private static final String ORDER = "order";

  private final Visitors visitors;
  private final IssuedTokens tokens;
  private final Route.Ready route;
  private final OpenVisits open;

  Identification(Visitors visitors, IssuedTokens tokens, Route.Ready route, OpenVisits open) {
    this.visitors = visitors;
    this.tokens = tokens;
    this.route = route;
    this.open = open;
  }

  @Override
  public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
    ProxyRequest request = context.request();
    Credentials credentials = credentials(request.proxiedRequest());
    return visitors
        .of(credentials)
        .compose(
            known -> {
              request.putHeader(
                  HEADER, tokens.token(known.visitor(), route.space(), known.problem()));
              if (known.bearerIsSecret()) {
                request.headers().remove("Authorization");
              }
              withoutSession(request);
              context.set(ORDER, new Order(order(context, known.visitor().key())));
              return context.sendRequest();
            });
  }

  /** The pods in the order in which to try them. */
  private record Order(List<Backend> pods) {}

  /** The pods in the order in which to try them for the visitor who was identified. */
  static List<Backend> order(ProxyContext context, Route.Ready route) {
    Order order = context.get(ORDER, Order.class);
    return order == null ? route.backends() : order.pods();
  }

  private List<Backend> order(ProxyContext context, String visitor) {
    List<Backend> pods = route.backends();
    HttpServerRequest request = context.request().proxiedRequest();
    if (isChoice(route)) {
      String cookie = pod(context);
      List<Backend> own = Affinity.order(pods, cookie, visitor);
      boolean known = Affinity.name(own.getFirst()).equals(cookie);
      pods = !known && opensPage(request) ? open.fewestFirst(own) : own;
    }
    if (route.sticky() && !context.isWebSocket()) {
      open.began(pods.getFirst(), request.response());
    }
    return pods;
  }

  /** A browser that opens a page keeps the cookie; a client that may not must stay as it is. */
  private static boolean opensPage(HttpServerRequest request) {
    return request.method().equals(HttpMethod.GET)
        && String.valueOf(request.getHeader("Accept")).contains("text/html");
  }

  /**
   * Names the pod to a client that was sent to one of several, and to a browser that opens a page
   * even if it is the only one: it stays there when more come.
   */
  @Override
  public Future<Void> handleProxyResponse(ProxyContext context) {
    boolean page = route.sticky() && opensPage(context.request().proxiedRequest());
    if ((isChoice(route) || page) && !context.isWebSocket()) {
      String pod = Affinity.name(order(context, route).getFirst());
      if (!pod.equals(pod(context))) {
        String cookie = Affinity.COOKIE + "=" + pod + "; Path=/; HttpOnly; SameSite=Lax";
        context.response().headers().add("Set-Cookie", cookie);
      }
    }
    return context.sendResponse();
  }

  private static boolean isChoice(Route.Ready route) {
    return route.sticky() && route.backends().size() > 1;
  }

  private static @Nullable String pod(ProxyContext context) {
    Cookie cookie = context.request().proxiedRequest().getCookie(Affinity.COOKIE);
    return cookie == null ? null : cookie.getValue();
  }

  private static Credentials credentials(HttpServerRequest request) {
    Cookie session = request.getCookie(SESSION_COOKIE);
    return new Credentials(
        ours(Authorization.token(request.getHeader("Authorization"))),
        session == null ? null : ours(session.getValue()),
        request.getHeader(HEADER),
        request.remoteAddress().hostAddress(),
        forwardedFor(request.getHeader("X-Forwarded-For")));
  }

  private static @Nullable String ours(@Nullable String token) {
    return token != null && token.startsWith(TOKEN_PREFIX) ? token : null;
  }

  private static List<String> forwardedFor(@Nullable String header) {
    return header == null ? List.of() : List.of(header.split(","));
  }

  private static void withoutSession(ProxyRequest request) {
    String all = request.headers().get("Cookie");
    if (all == null || !all.contains(SESSION_COOKIE)) {
      return;
    }
    String others =
        Stream.of(all.split(";"))
            .map(String::strip)
            .filter(cookie -> !cookie.startsWith(SESSION_COOKIE + "="))
            .collect(Collectors.joining("; "));
    request.headers().remove("Cookie");
    if (!others.isEmpty()) {
      request.putHeader("Cookie", others);
    }
  }
}
