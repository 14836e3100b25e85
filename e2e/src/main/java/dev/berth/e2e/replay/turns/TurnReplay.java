package dev.berth.e2e.replay.turns;

import dev.berth.turns.model.Device;
import dev.berth.turns.model.Turn;
import dev.berth.turns.queue.ExpectedWait;
import dev.berth.turns.queue.FairQueue;
import dev.berth.turns.queue.Grant;
import dev.berth.turns.queue.QueueEvent;
import dev.berth.turns.queue.QueuePolicy;
import dev.berth.turns.queue.QueueState;
import dev.berth.turns.seats.SeatPolicy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Calls arrive, the queue grants, the granted compute as long as recorded. */
final class TurnReplay {
  private static final long OBSERVE_NANOS = 10_000_000_000L;

  private final Timeline time = new Timeline();
  private final Map<String, Call> calls = new HashMap<>();
  private final Setting setting;
  private final TurnLog log;
  private final Waits waits = new Waits();
  private final ReplayedSeats seats;
  private QueueState queue;
  private int left;

  /**
   * @param holdNanos a call is held at the gateway that long; then it must go to a pod
   * @param seatStartNanos from the decision for a seat until its pod serves
   */
  record Setting(
      int devices,
      int devicesOfNode,
      long memoryMib,
      long holdNanos,
      long seatStartNanos,
      QueuePolicy queue,
      SeatPolicy seats) {}

  TurnReplay(Setting setting, TurnLog log) {
    this.setting = setting;
    this.log = log;
    this.queue = QueueState.empty(setting.queue());
    this.seats =
        new ReplayedSeats(time, setting.seats(), setting.seatStartNanos(), this::seatsChanged);
  }

  String run(List<Call> arrivals) {
    left = arrivals.size();
    for (int i = 0; i < setting.devices(); i++) {
      step(
          new QueueEvent.DeviceUp(new Device(i, i / setting.devicesOfNode(), setting.memoryMib())));
    }
    for (int first = 0; first < setting.devices(); first += setting.devicesOfNode()) {
      seats.node(first / setting.devicesOfNode(), setting.devicesOfNode());
    }
    arrivals.stream().map(c -> c.turn().space()).distinct().forEach(seats::host);
    for (Call call : arrivals) {
      calls.put(call.turn().id(), call);
      time.at(call.arrivalNanos(), Timeline.Kind.ARRIVAL, () -> arrive(call));
    }
    time.at(OBSERVE_NANOS, Timeline.Kind.OBSERVE, this::observe);
    while (time.advance()) {}
    return String.join(System.lineSeparator(), waits.report(), seats.report(), lagBound(arrivals));
  }

  /** What the largest lag of the log may be, in device-seconds of a flow of weight 1. */
  private String lagBound(List<Call> arrivals) {
    long largest =
        arrivals.stream()
            .map(Call::turn)
            .mapToLong(turn -> turn.cost(turn.declaredNanos() + turn.loadNanos()))
            .max()
            .orElse(0);
    return "lag bound %.0f device-seconds; the largest turn may cost %.0f"
        .formatted(setting.queue().lagBoundNanos(setting.devices(), largest) / 1e9, largest / 1e9);
  }

  private void arrive(Call call) {
    step(new QueueEvent.Offer(call.turn()));
    long until = call.arrivalNanos() + setting.holdNanos();
    if (setting.holdNanos() != Long.MAX_VALUE) {
      time.at(until, Timeline.Kind.BIND, () -> bind(call.turn()));
    }
  }

  private void bind(Turn turn) {
    if (queue.waits(turn.id())) {
      ExpectedWait.bestNode(queue, turn, time.now())
          .ifPresent(node -> step(new QueueEvent.Bind(turn.id(), node)));
    }
  }

  private void observe() {
    seats.observe(queue);
    if (left > 0) {
      time.at(time.now() + OBSERVE_NANOS, Timeline.Kind.OBSERVE, this::observe);
    }
  }

  private void seatsChanged(String space) {
    step(new QueueEvent.SeatsChanged(space, seats.state().serving(space)));
  }

  private void step(QueueEvent event) {
    FairQueue.Decision decision = FairQueue.step(queue, event, time.now());
    queue = decision.state();
    decision.grants().forEach(this::grant);
  }

  private void grant(Grant grant) {
    Call call = Objects.requireNonNull(calls.get(grant.turn().id()));
    long load = grant.warm() ? 0 : grant.turn().loadNanos();
    long end = time.now() + load + call.runNanos();
    log.write(grant, time.now(), end);
    waits.add(call, time.now(), grant.warm());
    left--;
    time.at(
        end,
        Timeline.Kind.END,
        () -> step(new QueueEvent.Release(grant.turn().id(), call.runNanos())));
  }
}
