package dev.berth.hub.gateway;

import io.vertx.core.http.HttpServerResponse;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Requests of this gateway that a pod has not answered to the end: an open page keeps one as a
 * rule. A seat that was added by load has none, so newcomers go there. WebSockets are not counted:
 * nobody tells when one that is passed on ends. Thread-safe.
 */
final class OpenVisits {
  private final Map<Backend, Integer> open = new ConcurrentHashMap<>();

  /** Counts a request until its response is over, in whatever way. */
  void began(Backend pod, HttpServerResponse response) {
    AtomicBoolean over = new AtomicBoolean();
    open.merge(pod, 1, Integer::sum);
    Runnable end =
        () -> {
          if (over.compareAndSet(false, true)) {
            open.computeIfPresent(pod, (same, count) -> count > 1 ? count - 1 : null);
          }
        };
    response.endHandler(done -> end.run()).closeHandler(closed -> end.run());
  }

  int of(Backend pod) {
    return open.getOrDefault(pod, 0);
  }

  /** The same pods, fewest open requests first; equal ones stay in order. */
  List<Backend> fewestFirst(List<Backend> pods) {
    Map<Backend, Integer> now = Map.copyOf(open);
    return pods.stream().sorted(Comparator.comparingInt(pod -> now.getOrDefault(pod, 0))).toList();
  }
}
