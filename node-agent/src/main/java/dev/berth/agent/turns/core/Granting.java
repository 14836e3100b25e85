package dev.berth.agent.turns.core;

import dev.berth.agent.turns.core.LiveTurn.Phase;
import dev.berth.agent.turns.core.TurnsState.Pending;
import dev.berth.agent.turns.quota.Reservation;
import dev.berth.turns.queue.Grant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** From devices that are kept for a turn to a worker that uses them. */
final class Granting {
  private Granting() {}

  static void held(Draft draft, Grant grant) {
    String id = grant.turn().id();
    Pending call = Objects.requireNonNull(draft.pending().get(id), id);
    Reservation reservation =
        draft.book().escrow().reservations().getOrDefault(id, Reservation.NONE);
    if (Recall.concerns(draft, grant.devices())
        || !draft.book().escrow().begins(reservation, draft.now.unixNanos())) {
      Admission.again(draft, call);
      return;
    }
    draft.unpend(id);
    draft.fact(
        new TurnFact.Held(call.request(), reservation, grant.devices(), call.since(), draft.at()));
    provide(draft, Objects.requireNonNull(draft.book().turns().get(id), id));
  }

  /** Whoever is on the devices and cannot serve the turn has to go. */
  static void provide(Draft draft, LiveTurn turn) {
    List<ProcessId> ended =
        draft.book().workers().values().stream()
            .filter(w -> w.isOn(turn.devices()) && !w.serves(turn.request(), turn.devices()))
            .map(Worker::process)
            .toList();
    ended.forEach(p -> draft.fact(new TurnFact.WorkerEnding(p)));
    draft.effect(new TurnEffect.Provide(turn.id(), turn.devices(), ended));
  }

  static void provided(Draft draft, String id) {
    LiveTurn turn = draft.book().turns().get(id);
    if (turn == null) {
      return;
    }
    switch (turn.phase()) {
      case Phase.Clearing _ -> grant(draft, turn);
      case Phase.Ending _ -> Ending.free(draft, turn);
      case Phase.Granted _ -> {}
    }
  }

  private static void grant(Draft draft, LiveTurn turn) {
    ProcessId warm = warm(draft, turn);
    draft.fact(new TurnFact.Granted(turn.id(), draft.at(), draft.now.unixNanos(), warm));
    draft.answer(turn.id(), new TurnAnswer.Granted(turn.devices(), warm != null));
  }

  private static @Nullable ProcessId warm(Draft draft, LiveTurn turn) {
    for (Worker w : draft.book().workers().values()) {
      if (w.serves(turn.request(), turn.devices())) {
        return w.process();
      }
    }
    return null;
  }

  static void notProvided(Draft draft, String id) {
    LiveTurn turn = draft.book().turns().get(id);
    if (turn == null) {
      return;
    }
    switch (turn.phase()) {
      case Phase.Clearing _ -> {
        draft.answer(id, new TurnAnswer.Unavailable("The device could not be made ready"));
        Ending.end(draft, turn, EndReason.DEVICE_FAILED);
        Ending.free(draft, turn);
      }
      case Phase.Ending _ -> Ending.free(draft, turn);
      case Phase.Granted _ -> {}
    }
  }

  /** Only for a turn that was granted and is not over, and a process that is nobody's worker. */
  static void allowed(Draft draft, String id, ProcessId process) {
    LiveTurn turn = draft.book().turns().get(id);
    if (turn == null
        || !(turn.phase() instanceof Phase.Granted)
        || draft.book().workers().containsKey(process)) {
      return;
    }
    Worker former = draft.book().workerOf(id);
    draft.fact(new TurnFact.Allowed(id, process, draft.at()));
    if (former != null) {
      draft.effect(new TurnEffect.Kill(List.of(former.process())));
    }
  }
}
