package dev.berth.agent.turns.http;

import dev.berth.agent.turns.core.Seat;
import dev.berth.agent.turns.core.TurnRequest;
import dev.berth.agent.turns.devices.TurnDevices;
import dev.berth.agent.turns.process.Processes;
import dev.berth.agent.turns.process.Processes.Found;
import dev.berth.agent.turns.runtime.TurnEngine;
import dev.berth.agent.turns.visitors.Payer;
import dev.berth.agent.turns.visitors.Payers;
import dev.berth.api.visitor.Tier;
import dev.berth.turns.model.Size;
import io.prometheus.metrics.core.metrics.Counter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The device API of ZeroGPU, as the unmodified {@code spaces} client calls it. The first part of
 * the path is the secret of a seat; everything else that a client says is checked against it.
 */
final class DeviceApi {
  private static final Logger LOG = LoggerFactory.getLogger(DeviceApi.class);
  private static final Counter REFUSED =
      Counter.builder()
          .name("berth_agent_device_api_refused_total")
          .help("Calls of the device API that were turned away, by reason.")
          .labelNames("reason")
          .register();

  private final Vertx vertx;
  private final TurnEngine engine;
  private final TurnDevices devices;
  private final Processes processes;
  private final SeatDoor door;
  private final Payers payers;
  private final Rules rules;

  /**
   * @param unsaid what a call takes that does not say
   * @param ping between two signs of life to a caller that waits
   */
  record Rules(Duration unsaid, Duration ping) {}

  DeviceApi(
      Vertx vertx,
      TurnEngine engine,
      TurnDevices devices,
      Processes processes,
      SeatDoor door,
      Payers payers,
      Rules rules) {
    this.vertx = vertx;
    this.engine = engine;
    this.devices = devices;
    this.processes = processes;
    this.door = door;
    this.payers = payers;
    this.rules = rules;
  }

  void handle(HttpServerRequest request) {
    String[] path = request.path().split("/", -1);
    Optional<Seat> seat = path.length == 3 ? door.open(path[1]) : Optional.empty();
    if (seat.isEmpty()) {
      refuse(request, 404, "unknown_seat", "No seat has this address; it may have been given back");
      return;
    }
    switch (request.method().name() + " " + path[2]) {
      case "POST startup-report" -> startupReport(request, seat.get());
      case "POST schedule" -> schedule(request, seat.get());
      case "POST allow" -> allow(request, seat.get());
      case "POST release" -> release(request, seat.get());
      case "GET queue-size" ->
          json(request.response(), Integer.toString(engine.state().pending().size()));
      default -> refuse(request, 404, "unknown_call", "The device API has no " + path[2]);
    }
  }

  private void startupReport(HttpServerRequest request, Seat seat) {
    engine.appStarted(seat);
    request.response().end();
  }

  private void schedule(HttpServerRequest request, Seat seat) {
    if (!seat.cgroup().equals(request.getParam("cgroupPath"))) {
      refuse(
          request,
          503,
          "wrong_cgroup",
          "This seat is that of cgroup %s, the client says %s; mount the file that the claim gives"
              .formatted(seat.cgroup(), request.getParam("cgroupPath")));
      return;
    }
    switch (payers.of(request.getParam("token"), seat.space())) {
      case Payer.Refused no -> refuse(request, 401, no.reason() + "_token", no.message());
      case Payer.Known payer -> schedule(request, seat, payer);
    }
  }

  private void schedule(HttpServerRequest request, Seat seat, Payer.Known payer) {
    String level = level(payer.tier());
    if (level != null) {
      request.response().putHeader("X-Authenticated", level);
    }
    Size size = "xlarge".equals(request.getParam("gpuSize")) ? Size.XLARGE : Size.LARGE;
    Optional<Duration> asked = duration(request.getParam("durationSeconds"));
    if (asked.isEmpty()) {
      ScheduleCall.illegal(request.response());
      return;
    }
    TurnRequest turn =
        new TurnRequest(
            engine.newId(),
            seat.lease(),
            seat.space(),
            payer.key(),
            payer.tier().text(),
            String.valueOf(request.getParam("taskId")),
            size,
            asked.get().toNanos());
    Context context = vertx.getOrCreateContext();
    ScheduleCall call =
        new ScheduleCall(
            turn.id(), request.response(), vertx, rules.ping(), devices, engine::cancel);
    engine.schedule(
        turn,
        request.getParam("gpuSize") != null,
        answer -> context.runOnContext(_ -> call.answer(answer)));
  }

  private Optional<Duration> duration(@Nullable String seconds) {
    if (seconds == null) {
      return Optional.of(rules.unsaid());
    }
    return seconds.matches("[1-9]\\d{0,8}")
        ? Optional.of(Duration.ofSeconds(Long.parseLong(seconds)))
        : Optional.empty();
  }

  /** The client knows two levels. */
  private static @Nullable String level(Tier tier) {
    return switch (tier) {
      case ANONYMOUS -> null;
      case FREE -> "regular";
      case PRO, TEAM, ENTERPRISE -> "pro";
    };
  }

  /** Looking for the process may take a while, so it is done elsewhere. */
  private void allow(HttpServerRequest request, Seat seat) {
    String token = String.valueOf(request.getParam("allowToken"));
    String pid = String.valueOf(request.getParam("pid"));
    if (!pid.matches("\\d{1,9}")) {
      refuse(request, 403, "bad_pid", "pid is '" + pid + "', expected a number");
      return;
    }
    vertx
        .executeBlocking(() -> allowed(seat, token, Integer.parseInt(pid)), false)
        .onSuccess(
            no -> {
              if (no.isEmpty()) {
                request.response().end();
              } else {
                refuse(request, 403, "not_allowed", no);
              }
            })
        .onFailure(e -> failed(request, e));
  }

  /** Empty when the process may go on, else why not. */
  private String allowed(Seat seat, String token, int pid) {
    return switch (processes.find(seat, pid)) {
      case Found.Refused no -> no.message();
      case Found.Known known ->
          engine.allow(seat, token, known.process())
              ? ""
              : "The turn is over, or not this seat's, or process " + pid + " has another";
    };
  }

  private void release(HttpServerRequest request, Seat seat) {
    String token = String.valueOf(request.getParam("allowToken"));
    boolean failed = "true".equalsIgnoreCase(request.getParam("fail"));
    int status =
        switch (engine.release(seat, token, failed)) {
          case OK -> 200;
          case UNUSED -> 204;
          case UNKNOWN -> 404;
        };
    request.response().setStatusCode(status).end();
  }

  private static void json(HttpServerResponse response, String body) {
    response.putHeader("Content-Type", "application/json").end(body);
  }

  private static void failed(HttpServerRequest request, Throwable e) {
    LOG.atError().setCause(e).log("A call of the device API failed.");
    request.response().setStatusCode(500).end();
  }

  private static void refuse(HttpServerRequest request, int status, String reason, String text) {
    REFUSED.labelValues(reason).inc();
    LOG.atWarn()
        .addKeyValue("reason", reason)
        .addKeyValue("peer", request.remoteAddress().hostAddress())
        .log("A call of the device API was turned away.");
    request
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "text/plain")
        .end(text + "\n");
  }
}
