package dev.berth.agent.turns.core;

import dev.berth.turns.model.Size;

/**
 * A call that wants a turn.
 *
 * @param id also the token by which the worker is allowed and the turn released: not guessable
 * @param lease of the seat
 * @param visitor who pays: an account, or "ip:" and a network
 * @param tier as the visitor's token says
 * @param task the decorated function, as its process numbers it
 * @param declaredNanos longest wall time it may run
 */
public record TurnRequest(
    String id,
    String lease,
    String space,
    String visitor,
    String tier,
    String task,
    Size size,
    long declaredNanos) {
  private static final int SHOWN = 8;

  /** How a turn is named to others: who has the whole id could release it. */
  public static String shown(String id) {
    return id.substring(0, Math.min(SHOWN, id.length()));
  }

  /** What the declared time costs, in device nanoseconds. */
  long declaredCost() {
    return declaredNanos * size.devices();
  }

  TurnRequest sized(Size as) {
    return new TurnRequest(id, lease, space, visitor, tier, task, as, declaredNanos);
  }
}
