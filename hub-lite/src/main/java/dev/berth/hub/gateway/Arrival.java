package dev.berth.hub.gateway;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Holds a request for a while when nothing is ready for it yet: a Space that says RUNNING may be
 * ahead of what the gateway has heard of its pods, and one that starts is often ready soon.
 */
final class Arrival {
  private static final long LOOK_EVERY_MILLIS = 50;

  private final Vertx vertx;
  private final Duration patience;

  /** {@code patience}: how long a request is held at most. */
  Arrival(Vertx vertx, Duration patience) {
    this.vertx = vertx;
    this.patience = patience;
  }

  /**
   * Calls {@code then} with the first route that will do, or with the last one looked at. A request
   * whose client has left is forgotten.
   */
  void await(
      HttpServerRequest request,
      Supplier<Route> route,
      Predicate<Route> mayChange,
      Consumer<Route> then) {
    Route now = route.get();
    if (mayChange.test(now)) {
      request.pause();
      vertx.setPeriodic(
          LOOK_EVERY_MILLIS, new Look(request, route, mayChange, then, patience.toMillis()));
    } else {
      then.accept(now);
    }
  }

  private final class Look implements Handler<Long> {
    private final HttpServerRequest request;
    private final Supplier<Route> route;
    private final Predicate<Route> mayChange;
    private final Consumer<Route> then;
    private long millisLeft;

    Look(
        HttpServerRequest request,
        Supplier<Route> route,
        Predicate<Route> mayChange,
        Consumer<Route> then,
        long millisLeft) {
      this.request = request;
      this.route = route;
      this.mayChange = mayChange;
      this.then = then;
      this.millisLeft = millisLeft;
    }

    @Override
    public void handle(Long timer) {
      millisLeft -= LOOK_EVERY_MILLIS;
      Route now = route.get();
      boolean left = request.response().closed();
      if (!left && mayChange.test(now) && millisLeft > 0) {
        return;
      }
      vertx.cancelTimer(timer);
      if (!left) {
        request.resume();
        then.accept(now);
      }
    }
  }
}
