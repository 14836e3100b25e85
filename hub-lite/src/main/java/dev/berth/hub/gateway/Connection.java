package dev.berth.hub.gateway;

import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.HostAndPort;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Connects to a pod; when that fails, once to another. Nothing has been sent then, so it is safe.
 */
record Connection(HttpClient client, GatewayMetrics metrics) {

  /** {@code asked}: what the client addressed; the pod sees it as the Host header. */
  Future<HttpClientRequest> toOneOf(List<Backend> backends, @Nullable HostAndPort asked) {
    Future<HttpClientRequest> first = to(backends.getFirst(), asked);
    return backends.size() == 1
        ? first
        : first.recover(
            problem -> {
              metrics.retried();
              return to(backends.get(1), asked);
            });
  }

  private Future<HttpClientRequest> to(Backend backend, @Nullable HostAndPort asked) {
    return client
        .request(new RequestOptions().setHost(backend.address()).setPort(backend.port()))
        .map(request -> asked == null ? request : request.authority(asked));
  }
}
