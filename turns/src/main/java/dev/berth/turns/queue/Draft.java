package dev.berth.turns.queue;

import dev.berth.collect.OrderedMap;
import dev.berth.turns.model.Turn;
import dev.berth.turns.queue.QueueState.Ticket;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** The next state while a step makes it. */
final class Draft {
  final long now;
  final List<Grant> grants = new ArrayList<>();
  private long virtualTime;
  private long arrivals;
  private QueueState state;

  Draft(QueueState state, long now) {
    this.virtualTime = state.virtualTime();
    this.arrivals = state.arrivals();
    this.state = state;
    this.now = now;
  }

  QueueState state() {
    return state;
  }

  void flows(OrderedMap<String, Flow> flows) {
    become(flows, state.waiting(), state.running(), state.devices(), state.spaces());
  }

  void flow(String account, UnaryOperator<Flow> change) {
    Flow flow = Objects.requireNonNull(state.flow(account), account);
    flows(state.flows().with(account, change.apply(flow)));
  }

  void space(String space, UnaryOperator<SpaceStats> change) {
    spaces(state.spaces().with(space, change.apply(state.stats(space))));
  }

  void spaces(OrderedMap<String, SpaceStats> spaces) {
    become(state.flows(), state.waiting(), state.running(), state.devices(), spaces);
  }

  void device(int index, UnaryOperator<DeviceState> change) {
    DeviceState device = state.devices().get(index);
    if (device != null) {
      devices(state.devices().with(index, change.apply(device)));
    }
  }

  void devices(OrderedMap<Integer, DeviceState> devices) {
    become(state.flows(), state.waiting(), state.running(), devices, state.spaces());
  }

  void advanceTo(long reached) {
    virtualTime = Math.max(virtualTime, reached);
    become(state.flows(), state.waiting(), state.running(), state.devices(), state.spaces());
  }

  void running(OrderedMap<String, Running> running) {
    become(state.flows(), state.waiting(), running, state.devices(), state.spaces());
  }

  void enqueue(Turn turn) {
    arrivals++;
    queue(turn, new Ticket(arrivals, turn, now));
    space(turn.space(), s -> s.waiting(1));
  }

  /** The same turn, its place in the order kept. */
  void requeue(Ticket ticket, Turn turn) {
    flow(turn.account(), f -> f.without(ticket.number(), ticket.turn()));
    queue(turn, new Ticket(ticket.number(), turn, ticket.since()));
  }

  private void queue(Turn turn, Ticket ticket) {
    flow(turn.account(), f -> f.with(ticket.number(), turn));
    waiting(state.waiting().with(turn.id(), ticket));
  }

  void dequeue(Ticket ticket) {
    Turn turn = ticket.turn();
    flow(turn.account(), f -> f.without(ticket.number(), turn));
    waiting(state.waiting().without(turn.id()));
    space(turn.space(), s -> s.waiting(-1));
  }

  private void waiting(OrderedMap<String, Ticket> waiting) {
    become(state.flows(), waiting, state.running(), state.devices(), state.spaces());
  }

  private void become(
      OrderedMap<String, Flow> flows,
      OrderedMap<String, Ticket> waiting,
      OrderedMap<String, Running> running,
      OrderedMap<Integer, DeviceState> devices,
      OrderedMap<String, SpaceStats> spaces) {
    state =
        new QueueState(
            state.policy(), virtualTime, arrivals, flows, waiting, running, devices, spaces);
  }
}
