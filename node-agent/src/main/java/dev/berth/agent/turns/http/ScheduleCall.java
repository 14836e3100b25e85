package dev.berth.agent.turns.http;

import dev.berth.agent.turns.core.TurnAnswer;
import dev.berth.agent.turns.devices.TurnDevices;
import dev.berth.agent.turns.quota.Reserved.Refused;
import dev.berth.turns.queue.Waiting;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * One call of {@code /schedule}: answered at once as JSON, or as a stream of events while it waits.
 * The client takes each chunk of the response for one event, so each is written in one piece.
 * Everything here runs on the connection's event loop.
 */
final class ScheduleCall {
  private static final long NANOS = 1_000_000_000L;
  private static final int WHOLE_PAIRS = 1000;
  private static final long LEAST_WAIT = 1;
  private static final int ILLEGAL = -1;

  private final String turn;
  private final HttpServerResponse response;
  private final Vertx vertx;
  private final Duration ping;
  private final TurnDevices devices;
  private boolean over;
  private boolean streaming;
  private long timer = -1;

  ScheduleCall(
      String turn,
      HttpServerResponse response,
      Vertx vertx,
      Duration ping,
      TurnDevices devices,
      Consumer<String> cancel) {
    this.turn = turn;
    this.response = response;
    this.vertx = vertx;
    this.ping = ping;
    this.devices = devices;
    response.closeHandler(
        _ -> {
          boolean unheard = !over;
          finish();
          if (unheard) {
            cancel.accept(turn);
          }
        });
  }

  void answer(TurnAnswer answer) {
    if (over) {
      return;
    }
    switch (answer) {
      case TurnAnswer.Queued queued -> stream(queued.cause());
      case TurnAnswer.Granted granted -> granted(granted);
      case TurnAnswer.TimedOut _ -> event("event: failed\n\n");
      case TurnAnswer.TooLong _ -> tooLong();
      case TurnAnswer.Refused no when streaming -> event("event: failed\n\n");
      case TurnAnswer.Refused no -> refused(no.refusal());
      case TurnAnswer.Unavailable _ when streaming -> event("event: failed\n\n");
      case TurnAnswer.Unavailable no -> unavailable(no.message());
    }
  }

  private void stream(Waiting.Cause cause) {
    if (streaming) {
      return;
    }
    streaming = true;
    response
        .setChunked(true)
        .putHeader("Content-Type", "text/event-stream")
        .putHeader("Cache-Control", "no-store")
        .putHeader("X-Queuing-Reason", cause.name().toLowerCase(Locale.ROOT));
    response.write("event: ping\n\n");
    timer = vertx.setPeriodic(ping.toMillis(), _ -> response.write("event: ping\n\n"));
  }

  private void granted(TurnAnswer.Granted granted) {
    List<Integer> on = granted.devices();
    String body =
        new JsonObject()
            .put("idle", granted.idle())
            .put("nvidiaIndex", on.size() > 1 ? WHOLE_PAIRS + on.getFirst() : on.getFirst())
            .put("nvidiaUUID", devices.uuid(on))
            .put("allowToken", turn)
            .encode();
    if (streaming) {
      event("event: succeeded\ndata: " + body + "\n\n");
    } else {
      finish();
      response.putHeader("Content-Type", "application/json").end(body);
    }
  }

  /** The last event is a chunk of its own, before the one that ends the stream. */
  private void event(String last) {
    if (!streaming) {
      stream(Waiting.Cause.NODE);
    }
    finish();
    response.write(last).onComplete(_ -> response.end());
  }

  private void tooLong() {
    finish();
    illegal(response);
  }

  private void refused(Refused no) {
    finish();
    long left = no.leftNanos() / NANOS;
    switch (no.code()) {
      case RUNS_EXHAUSTED -> quota(response, "runs-exceeded", left, 0);
      case QUOTA_EXHAUSTED -> quota(response, "quota-exceeded", left, seconds(no.waitNanos()));
      case CREDIT_PENDING ->
          quota(response, "pending-overquota-exceeded", left, seconds(no.waitNanos()));
    }
  }

  private static long seconds(long nanos) {
    return Math.max(LEAST_WAIT, (nanos + NANOS - 1) / NANOS);
  }

  static void illegal(HttpServerResponse response) {
    quota(response, "illegal-duration", 0, ILLEGAL);
  }

  /** {@code wait}: below 0 for an illegal duration, 0 for runs, else until there is more quota. */
  private static void quota(HttpServerResponse response, String result, long left, long wait) {
    response
        .setStatusCode(429)
        .putHeader("X-Approve-Result", result)
        .putHeader("Content-Type", "application/json")
        .end(new JsonObject().put("left", left).put("wait", wait).encode());
  }

  private void unavailable(String message) {
    finish();
    response.setStatusCode(503).putHeader("Content-Type", "text/plain").end(message + "\n");
  }

  private void finish() {
    over = true;
    if (timer >= 0) {
      vertx.cancelTimer(timer);
      timer = -1;
    }
  }
}
