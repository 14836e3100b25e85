package dev.berth.e2e.replay.turns;

import dev.berth.turns.model.Turn;

/**
 * A recorded call: what the queue is told, and when it came and how long it computes, which the
 * queue must not know.
 */
record Call(long arrivalNanos, Turn turn, long actualNanos) {
  /** It is ended at its declared time. */
  long runNanos() {
    return Math.min(actualNanos, turn.declaredNanos());
  }
}
