package dev.berth.hub.gateway;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyRequest;
import io.vertx.httpproxy.ProxyResponse;

/**
 * Tells the pod who asked for what: the Host header stays as the client sent it, and {@code
 * X-Forwarded-For}, {@code -Host}, {@code -Proto} and {@code -Port} say the rest. A proxy before us
 * that ends TLS has said it already; then the client's address is added and the rest is kept.
 */
final class Forwarding implements ProxyInterceptor {

  @Override
  public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
    ProxyRequest request = context.request();
    HttpServerRequest incoming = request.proxiedRequest();
    String sender = incoming.remoteAddress().hostAddress();
    String before = incoming.getHeader("X-Forwarded-For");
    request.putHeader("X-Forwarded-For", before == null ? sender : before + ", " + sender);
    putIfAbsent(request, "X-Forwarded-Proto", String.valueOf(incoming.scheme()));
    putIfAbsent(request, "X-Forwarded-Host", String.valueOf(incoming.authority()));
    putIfAbsent(request, "X-Forwarded-Port", Integer.toString(incoming.localAddress().port()));
    return context.isWebSocket()
        ? context.sendRequest()
        : context
            .sendRequest()
            .recover(problem -> Future.succeededFuture(unreachable(request, problem)));
  }

  /**
   * The head goes out at once, so that a client sees an event stream open before its first event.
   */
  @Override
  public Future<Void> handleProxyResponse(ProxyContext context) {
    Future<Void> sent = context.sendResponse();
    HttpServerResponse response = context.request().proxiedRequest().response();
    if (!context.isWebSocket() && response.isChunked() && !response.headWritten()) {
      var _ = response.writeHead();
    }
    return sent;
  }

  private static void putIfAbsent(ProxyRequest request, String name, String value) {
    if (!request.headers().contains(name)) {
      request.putHeader(name, value);
    }
  }

  private static ProxyResponse unreachable(ProxyRequest request, Throwable problem) {
    Buffer sentence =
        Buffer.buffer(
            "The pod behind this address did not answer (%s). It may be restarting; try again soon.%n"
                .formatted(problem.getClass().getSimpleName()));
    return request
        .release()
        .response()
        .setStatusCode(502)
        .putHeader("Retry-After", "2")
        .putHeader("Content-Type", "text/plain; charset=utf-8")
        .setBody(Body.body(sentence));
  }
}
