package dev.berth.agent.turns.core;

import dev.berth.agent.turns.core.TurnsState.Pending;
import java.util.List;

/** What becomes of the turns and workers of a seat when it comes, goes, or starts anew. */
final class Seats {
  private Seats() {}

  static void opened(Draft draft, Seat seat) {
    if (!seat.equals(draft.book().seats().get(seat.lease()))) {
      draft.fact(new TurnFact.SeatOpened(seat));
    }
  }

  static void closed(Draft draft, String lease) {
    if (draft.book().seats().containsKey(lease)) {
      draft.fact(new TurnFact.SeatClosed(lease));
      clear(draft, lease, EndReason.SEAT_CLOSED, "The pod is stopping");
    }
  }

  static void appStarted(Draft draft, String lease) {
    if (draft.book().seats().containsKey(lease)) {
      draft.fact(new TurnFact.AppStarted(lease));
      clear(draft, lease, EndReason.APP_RESTARTED, "The app started anew");
    }
  }

  private static void clear(Draft draft, String lease, EndReason reason, String message) {
    for (Pending call : draft.pending().values()) {
      String id = call.request().id();
      // One that goes may let the next one have a device: that is a turn by now.
      if (call.request().lease().equals(lease) && draft.pending().containsKey(id)) {
        Ending.drop(draft, id);
        draft.answer(id, new TurnAnswer.Unavailable(message));
      }
    }
    for (LiveTurn turn : draft.book().turns().values()) {
      if (turn.request().lease().equals(lease)) {
        Ending.end(draft, turn, reason);
      }
    }
    List<Worker> idle =
        draft.book().workers().values().stream()
            .filter(w -> w.lease().equals(lease) && w.turn() == null && !w.ending())
            .toList();
    Ending.kill(draft, idle);
  }
}
