package dev.berth.agent.turns.core;

import dev.berth.agent.core.Moment;
import dev.berth.agent.turns.core.TurnsState.Pending;
import dev.berth.agent.turns.quota.DrawAnswer.Standing;
import dev.berth.agent.turns.quota.Escrow;
import dev.berth.collect.OrderedMap;
import dev.berth.turns.model.Device;
import dev.berth.turns.queue.FairQueue;
import dev.berth.turns.queue.QueueEvent;
import dev.berth.turns.queue.QueueState;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The next state while a step makes it. */
final class Draft {
  private static final int STANDINGS_KEPT = 10_000;

  final TurnPolicy policy;
  final Moment now;
  final List<TurnFact> facts = new ArrayList<>();
  final List<TurnEffect> effects = new ArrayList<>();
  private Book book;
  private QueueState queue;
  private OrderedMap<Integer, Device> devices;
  private Set<Integer> recalled;
  private OrderedMap<String, Pending> pending;
  private OrderedMap<String, Standing> standings;

  Draft(TurnsState state, Moment now) {
    this.policy = state.policy();
    this.now = now;
    this.book = state.book();
    this.queue = state.queue();
    this.devices = state.devices();
    this.recalled = state.recalled();
    this.pending = state.pending();
    this.standings = state.standings();
  }

  TurnsState state() {
    return new TurnsState(policy, book, queue, devices, recalled, pending, standings);
  }

  /** Journal time. */
  long at() {
    return now.monoNanos();
  }

  Book book() {
    return book;
  }

  QueueState queue() {
    return queue;
  }

  OrderedMap<Integer, Device> devices() {
    return devices;
  }

  void devices(OrderedMap<Integer, Device> seen) {
    devices = seen;
  }

  Set<Integer> recalled() {
    return recalled;
  }

  void recalled(Set<Integer> wanted) {
    recalled = wanted;
  }

  OrderedMap<String, Pending> pending() {
    return pending;
  }

  Standing standing(String visitor) {
    return standings.getOrDefault(visitor, Standing.UNKNOWN);
  }

  void fact(TurnFact fact) {
    facts.add(fact);
    book = book.with(fact);
  }

  void effect(TurnEffect effect) {
    effects.add(effect);
  }

  void answer(String turn, TurnAnswer answer) {
    effect(new TurnEffect.Answer(turn, answer));
  }

  /** Asks the queue, and gives devices to the turns that it chooses. */
  void queue(QueueEvent event) {
    FairQueue.Decision decision = FairQueue.step(queue, event, at());
    queue = decision.state();
    decision.grants().forEach(g -> Granting.held(this, g));
  }

  /** The queue with the turns that have devices already. */
  void queue(QueueState taken) {
    queue = taken;
  }

  void pend(Pending call) {
    pending = pending.with(call.request().id(), call);
  }

  void unpend(String turn) {
    pending = pending.without(turn);
  }

  /** Reserved for a turn that waits: that need not survive. */
  void escrow(Escrow next) {
    book = book.escrow(next);
  }

  void standing(String visitor, Standing standing) {
    standings =
        standings.size() < STANDINGS_KEPT
            ? standings.with(visitor, standing)
            : OrderedMap.<String, Standing>empty().with(visitor, standing);
  }
}
