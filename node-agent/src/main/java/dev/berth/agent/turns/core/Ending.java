package dev.berth.agent.turns.core;

import dev.berth.agent.turns.core.LiveTurn.Phase;
import dev.berth.agent.turns.core.TurnsState.Pending;
import dev.berth.turns.queue.QueueEvent;
import java.util.ArrayList;
import java.util.List;

/** How turns end, and when their devices are free. */
final class Ending {
  private Ending() {}

  static void released(Draft draft, String id, boolean failed) {
    LiveTurn turn = draft.book().turns().get(id);
    if (turn == null || !(turn.phase() instanceof Phase.Granted)) {
      return;
    }
    if (draft.book().workerOf(id) == null) {
      end(draft, turn, EndReason.UNUSED);
    } else {
      end(draft, turn, failed ? EndReason.FAILED : EndReason.DONE);
    }
  }

  static void cancelled(Draft draft, String id) {
    Pending call = draft.pending().get(id);
    if (call != null) {
      drop(draft, id);
      return;
    }
    LiveTurn turn = draft.book().turns().get(id);
    if (turn != null && draft.book().workerOf(id) == null) {
      end(draft, turn, EndReason.CANCELLED);
    }
  }

  /** A call that has no device yet. */
  static void drop(Draft draft, String id) {
    draft.unpend(id);
    draft.escrow(draft.book().escrow().dropped(id));
    draft.queue(new QueueEvent.Cancel(id));
  }

  /** Settles at once; the devices are free when no process is left on them that must go. */
  static void end(Draft draft, LiveTurn turn, EndReason reason) {
    if (turn.phase() instanceof Phase.Ending) {
      return;
    }
    boolean clearing = turn.phase() instanceof Phase.Clearing;
    draft.fact(new TurnFact.Ended(record(draft, turn, reason), draft.at()));
    Worker worker = draft.book().workerOf(turn.id());
    if (worker != null && reason.endsWorker()) {
      kill(draft, List.of(worker));
    } else if (!clearing) {
      free(draft, turn);
    }
  }

  private static TurnRecord record(Draft draft, LiveTurn turn, EndReason reason) {
    Long at = turn.grantedAt();
    long measured = at == null ? 0 : Math.max(0, draft.at() - at);
    long reserved = turn.reservation().nanos();
    TurnRequest r = turn.request();
    return new TurnRecord(
        r.id(),
        r.visitor(),
        r.space(),
        turn.devices(),
        turn.warm(),
        draft.now.unixNanos() - (draft.at() - turn.queuedAt()),
        turn.phase() instanceof Phase.Granted g ? g.unix() : 0,
        draft.now.unixNanos(),
        draft.at(),
        (at == null ? draft.at() : at) - turn.queuedAt(),
        measured,
        reserved,
        Math.min(measured * r.size().devices(), reserved),
        reason);
  }

  static void kill(Draft draft, List<Worker> workers) {
    List<ProcessId> processes = new ArrayList<>();
    for (Worker w : workers) {
      if (!w.ending()) {
        draft.fact(new TurnFact.WorkerEnding(w.process()));
      }
      processes.add(w.process());
    }
    if (!processes.isEmpty()) {
      draft.effect(new TurnEffect.Kill(processes));
    }
  }

  static void free(Draft draft, LiveTurn turn) {
    Worker worker = draft.book().workerOf(turn.id());
    draft.fact(new TurnFact.Freed(turn.id(), draft.at()));
    Long at = turn.grantedAt();
    draft.queue(
        at != null && worker != null
            ? new QueueEvent.Release(turn.id(), draft.at() - at)
            : new QueueEvent.Cancel(turn.id()));
    charged(draft, turn.request());
    if (worker == null) {
      gone(draft, turn.devices(), turn.request().space());
    }
  }

  private static void charged(Draft draft, TurnRequest r) {
    int weight = draft.book().rules().of(r.tier()).weight();
    long tag = draft.queue().tag(r.visitor(), weight);
    draft.fact(new TurnFact.Charged(r.visitor(), weight, tag, draft.queue().virtualTime()));
  }

  private static void gone(Draft draft, List<Integer> devices, String space) {
    devices.forEach(d -> draft.queue(new QueueEvent.WorkerGone(d, space)));
  }

  static void died(Draft draft, ProcessId process) {
    Worker worker = draft.book().workers().get(process);
    if (worker == null) {
      return;
    }
    draft.fact(new TurnFact.WorkerGone(process));
    LiveTurn turn = worker.turn() == null ? null : draft.book().turns().get(worker.turn());
    if (turn == null) {
      idleDied(draft, worker);
    } else if (turn.phase() instanceof Phase.Ending) {
      free(draft, turn);
    } else {
      end(draft, turn, EndReason.WORKER_DIED);
    }
  }

  private static void idleDied(Draft draft, Worker worker) {
    boolean another =
        draft.book().workers().values().stream()
            .anyMatch(w -> w.space().equals(worker.space()) && w.isOn(worker.devices()));
    if (!another) {
      gone(draft, worker.devices(), worker.space());
    }
  }
}
