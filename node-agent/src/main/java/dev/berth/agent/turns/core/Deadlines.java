package dev.berth.agent.turns.core;

import dev.berth.agent.turns.core.TurnsState.Pending;

/** What time brings. */
final class Deadlines {
  private Deadlines() {}

  static void tick(Draft draft) {
    draft.pending().values().forEach(call -> pending(draft, call));
    draft.book().turns().values().forEach(turn -> running(draft, turn));
    long idleSince = draft.at() - draft.policy.idleWorker();
    Ending.kill(
        draft,
        draft.book().workers().values().stream()
            .filter(w -> w.turn() == null && !w.ending() && w.idleSince() <= idleSince)
            .toList());
    draft
        .book()
        .escrow()
        .closable(draft.at(), draft.now.unixNanos(), draft.policy.idleAllowance())
        .forEach(id -> draft.fact(new TurnFact.AllowanceClosed(id)));
  }

  private static void pending(Draft draft, Pending call) {
    long waited = draft.at() - call.since();
    String id = call.request().id();
    if (!draft.pending().containsKey(id)) {
      return;
    }
    if (call.drawId() != null && waited >= draft.policy.drawPatience()) {
      Ending.drop(draft, id);
      draft.answer(id, new TurnAnswer.Unavailable("Nobody answers for the quota of visitors now"));
    } else if (call.drawId() == null && waited >= draft.policy.maxWait()) {
      Ending.drop(draft, id);
      draft.answer(id, new TurnAnswer.TimedOut());
    }
  }

  /** The reservation and a little grace; less while no worker shows up. */
  private static void running(Draft draft, LiveTurn turn) {
    Long at = turn.grantedAt();
    if (at == null) {
      return;
    }
    long ran = draft.at() - at;
    boolean used = draft.book().workerOf(turn.id()) != null;
    if (ran >= turn.limitNanos() + draft.policy.grace()) {
      Ending.end(draft, turn, used ? EndReason.OVERRUN : EndReason.NEVER_ALLOWED);
    } else if (!used && ran >= draft.policy.allowWithin()) {
      Ending.end(draft, turn, EndReason.NEVER_ALLOWED);
    }
  }
}
