package dev.berth.agent.turns.core;

import dev.berth.agent.core.Moment;
import dev.berth.agent.turns.core.LiveTurn.Phase;
import dev.berth.collect.OrderedMap;
import dev.berth.turns.model.Device;
import dev.berth.turns.queue.QueueEvent;
import java.util.List;

/**
 * The life of turns on one node: schedule, reserve, queue, grant, allow, release, settle. Devices
 * of a turn go to nobody else before every process that was allowed on them, and is not to stay, is
 * dead.
 */
public final class Turns {
  /**
   * What a step made.
   *
   * @param facts to be written to the journal before the effects are carried out, in order
   */
  public record Step(TurnsState state, List<TurnFact> facts, List<TurnEffect> effects) {}

  private Turns() {}

  /**
   * A pure function.
   *
   * @param now journal time, which never falls, and the wall clock, which may do anything
   */
  public static Step step(TurnsState state, TurnEvent event, Moment now) {
    Draft draft = new Draft(state, now);
    switch (event) {
      case TurnEvent.Started e -> started(draft, e.bootId());
      case TurnEvent.DevicesSeen e -> devices(draft, e);
      case TurnEvent.SeatOpened e -> Seats.opened(draft, e.seat());
      case TurnEvent.SeatClosed e -> Seats.closed(draft, e.lease());
      case TurnEvent.AppStarted e -> Seats.appStarted(draft, e.lease());
      case TurnEvent.Scheduled e -> Admission.scheduled(draft, e);
      case TurnEvent.Drawn e -> Admission.drawn(draft, e.drawId(), e.answer());
      case TurnEvent.PolicyHeard e -> Admission.heard(draft, e.rules());
      case TurnEvent.Settled e -> settled(draft, e.drawIds());
      case TurnEvent.Provided e -> Granting.provided(draft, e.turn());
      case TurnEvent.NotProvided e -> Granting.notProvided(draft, e.turn());
      case TurnEvent.Allowed e -> Granting.allowed(draft, e.turn(), e.process());
      case TurnEvent.Released e -> Ending.released(draft, e.turn(), e.failed());
      case TurnEvent.Cancelled e -> Ending.cancelled(draft, e.turn());
      case TurnEvent.Died e -> e.processes().forEach(p -> Ending.died(draft, p));
      case TurnEvent.Tick _ -> Deadlines.tick(draft);
    }
    Recall.clear(draft);
    return new Step(draft.state(), List.copyOf(draft.facts), List.copyOf(draft.effects));
  }

  /** Takes up what a former process left. */
  private static void started(Draft draft, String bootId) {
    boolean rebooted = !draft.book().bootId().isEmpty() && !draft.book().bootId().equals(bootId);
    draft.fact(new TurnFact.Booted(bootId));
    for (LiveTurn turn : draft.book().turns().values()) {
      resume(draft, turn, rebooted);
    }
    Ending.kill(draft, draft.book().workers().values().stream().filter(w -> w.ending()).toList());
    draft.book().escrow().draws().values().forEach(d -> draft.effect(new TurnEffect.Ask(d)));
  }

  private static void resume(Draft draft, LiveTurn turn, boolean rebooted) {
    switch (turn.phase()) {
      case Phase.Clearing _ -> {
        Ending.end(draft, turn, EndReason.AGENT_RESTARTED);
        Granting.provide(draft, turn);
      }
      case Phase.Granted _ when rebooted -> Ending.end(draft, turn, EndReason.REBOOTED);
      case Phase.Granted _ -> {}
      case Phase.Ending _ -> {
        Worker worker = draft.book().workerOf(turn.id());
        if (worker == null) {
          Granting.provide(draft, turn);
        } else {
          Ending.kill(draft, List.of(worker));
        }
      }
    }
  }

  private static void devices(Draft draft, TurnEvent.DevicesSeen event) {
    List<Device> usable =
        event.usable().stream().filter(d -> !event.recalled().contains(d.index())).toList();
    draft.recalled(event.recalled());
    OrderedMap<Integer, Device> former = draft.devices();
    OrderedMap<Integer, Device> seen = OrderedMap.empty();
    for (Device device : usable) {
      seen = seen.with(device.index(), device);
    }
    draft.devices(seen);
    if (draft.queue().devices().isEmpty()) {
      draft.queue(QueueRestore.of(draft));
    }
    for (Integer index : former.keySet()) {
      if (!seen.containsKey(index)) {
        draft.queue(new QueueEvent.DeviceDown(index));
      }
    }
    for (Device device : usable) {
      if (!draft.book().uses().containsKey(device.index())) {
        draft.fact(new TurnFact.DeviceSeen(device.index(), draft.at()));
      }
    }
    usable.forEach(d -> draft.queue(new QueueEvent.DeviceUp(d)));
  }

  private static void settled(Draft draft, List<String> drawIds) {
    for (String id : drawIds) {
      var allowance = draft.book().escrow().allowances().get(id);
      if (allowance != null && allowance.closed()) {
        draft.fact(new TurnFact.AllowanceForgotten(id));
      }
    }
  }
}
