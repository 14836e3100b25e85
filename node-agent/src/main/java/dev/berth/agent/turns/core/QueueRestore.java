package dev.berth.agent.turns.core;

import dev.berth.turns.model.Device;
import dev.berth.turns.queue.FairQueue;
import dev.berth.turns.queue.QueueEvent;
import dev.berth.turns.queue.QueuePolicy;
import dev.berth.turns.queue.QueueState;
import java.util.Map;

/**
 * The queue as a restarted agent needs it: each turn that has devices is offered while only these
 * are free, so that it has them again. Who waited is gone; accounts are as far ahead as they were.
 */
final class QueueRestore {
  private QueueRestore() {}

  static QueueState of(Draft draft) {
    QueueState state = begun(unlimited(draft.policy.queue()), draft.book().fairness());
    for (LiveTurn turn : draft.book().turns().values()) {
      for (int index : turn.devices()) {
        Device device = draft.devices().getOrDefault(index, new Device(index, 0, 0));
        state = step(state, new QueueEvent.DeviceUp(device), draft);
      }
      state = step(state, new QueueEvent.Offer(Admission.turn(draft, turn.request(), 0)), draft);
      for (int index : turn.devices()) {
        if (!draft.devices().containsKey(index)) {
          state = step(state, new QueueEvent.DeviceDown(index), draft);
        }
      }
    }
    return under(draft.policy.queue(), ahead(state, draft));
  }

  private static QueueState begun(QueuePolicy policy, Fairness fairness) {
    QueueState s = QueueState.empty(policy);
    return new QueueState(
        policy,
        fairness.virtualTime(),
        s.arrivals(),
        s.flows(),
        s.waiting(),
        s.running(),
        s.devices(),
        s.spaces());
  }

  /** What accounts were charged counts on. */
  private static QueueState ahead(QueueState restored, Draft draft) {
    QueueState state = restored;
    for (Map.Entry<String, Fairness.Ahead> entry : draft.book().fairness().tags().entrySet()) {
      int weight = entry.getValue().weight();
      long missing = entry.getValue().tag() - state.tag(entry.getKey(), weight);
      if (missing > 0) {
        QueueEvent served =
            new QueueEvent.ServedElsewhere(
                entry.getKey(), weight, missing * weight, state.virtualTime());
        state = step(state, served, draft);
      }
    }
    return state;
  }

  private static QueueState step(QueueState state, QueueEvent event, Draft draft) {
    return FairQueue.step(state, event, draft.at()).state();
  }

  /** They have their devices, whatever the limits are by now. */
  private static QueuePolicy unlimited(QueuePolicy p) {
    return new QueuePolicy(
        p.windowNanos(),
        p.creditNanos(),
        p.coldNanos(),
        p.crowding(),
        p.reloadFactor(),
        p.shortnessPermille(),
        p.quotaNanos(),
        p.demandHalfLifeNanos(),
        0,
        0);
  }

  private static QueueState under(QueuePolicy policy, QueueState s) {
    return new QueueState(
        policy,
        s.virtualTime(),
        s.arrivals(),
        s.flows(),
        s.waiting(),
        s.running(),
        s.devices(),
        s.spaces());
  }
}
