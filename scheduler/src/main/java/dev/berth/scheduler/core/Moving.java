package dev.berth.scheduler.core;

import dev.berth.scheduler.core.defrag.MoveCost;
import dev.berth.scheduler.core.defrag.MoveTargets;
import dev.berth.scheduler.core.model.Placement;
import java.util.ArrayList;
import java.util.List;

/** Takes the targets of planned moves before anything is asked to move. */
final class Moving {
  private Moving() {}

  /** True when what ended here goes on elsewhere: then nothing is learned of how long it runs. */
  static boolean moved(State state, String placementId) {
    return state.placements().containsKey(placementId + MoveCost.MOVE);
  }

  static void reserve(Draft draft, Event.ReserveMoves event, long now) {
    switch (MoveTargets.of(draft.state(), event.moves())) {
      case MoveTargets.Stale stale ->
          draft.emit(new Effect.MovesRefused(stale.placementId(), stale.node()));
      case MoveTargets.Free free -> {
        List<Placement> reserved = new ArrayList<>();
        for (MoveTargets.Target target : free.targets()) {
          State holding = draft.state().holding(target.leases());
          reserved.add(draft.commit(target.request(), now, target.on(holding.nodes()), now));
        }
        draft.emit(new Effect.MovesReserved(reserved));
      }
    }
  }
}
