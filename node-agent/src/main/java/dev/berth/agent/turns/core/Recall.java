package dev.berth.agent.turns.core;

import java.util.List;

/** Gives lent devices back: no new turn, and no worker that no turn needs. */
final class Recall {
  private Recall() {}

  static void clear(Draft draft) {
    if (!draft.recalled().isEmpty()) {
      Ending.kill(
          draft,
          draft.book().workers().values().stream()
              .filter(w -> w.turn() == null && !w.ending() && concerns(draft, w.devices()))
              .filter(
                  w -> draft.book().turns().values().stream().noneMatch(t -> w.isOn(t.devices())))
              .toList());
    }
  }

  /** Whether a turn on these devices would be on one that its owner wants. */
  static boolean concerns(Draft draft, List<Integer> devices) {
    return devices.stream().anyMatch(draft.recalled()::contains);
  }
}
