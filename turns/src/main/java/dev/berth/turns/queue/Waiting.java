package dev.berth.turns.queue;

import dev.berth.turns.model.Turn;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Why a turn waits: the client shows its user which of the two it is.
 *
 * @param running turns of whoever is at its limit; of the whole queue when no device is free
 * @param limit that they have reached; the devices the turn could use when none is free
 * @param expectedNanos more to wait on the best node; empty while its Space has no seat
 */
public record Waiting(Cause cause, int running, int limit, OptionalLong expectedNanos) {
  public enum Cause {
    /** No device is free on a node where the turn may run. */
    NODE,
    /** The account or the Space has as many turns as it may have at once. */
    CONCURRENCY
  }

  /** Null when the turn does not wait. */
  public static @Nullable Waiting of(QueueState state, String id, long now) {
    QueueState.Ticket ticket = state.waiting().get(id);
    if (ticket == null) {
      return null;
    }
    Turn turn = ticket.turn();
    OptionalLong expected = expected(state, turn, now);
    Flow flow = state.flow(turn.account());
    if (flow != null && state.atLimit(flow)) {
      int limit = state.policy().maxRunningOfAccount();
      return new Waiting(Cause.CONCURRENCY, flow.running(), limit, expected);
    }
    SpaceStats space = state.stats(turn.space());
    if (state.atLimit(space)) {
      int limit = state.policy().maxRunningOfSpace();
      return new Waiting(Cause.CONCURRENCY, space.running(), limit, expected);
    }
    return new Waiting(Cause.NODE, state.runningTurns(), usable(state, turn), expected);
  }

  private static int usable(QueueState state, Turn turn) {
    Lane lane = Lane.of(turn);
    return (int)
        state.devices().values().stream()
            .filter(d -> d.up() && state.mayRun(lane, d.device().node()))
            .count();
  }

  private static OptionalLong expected(QueueState state, Turn turn, long now) {
    Lane lane = Lane.of(turn);
    return state.devices().values().stream()
        .map(d -> d.device().node())
        .distinct()
        .filter(node -> state.mayRun(lane, node))
        .mapToLong(node -> ExpectedWait.nanos(state, turn, node, now))
        .min();
  }
}
