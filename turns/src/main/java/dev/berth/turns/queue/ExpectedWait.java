package dev.berth.turns.queue;

import dev.berth.turns.model.Turn;
import java.util.Comparator;
import java.util.OptionalInt;

/**
 * How long a turn would wait on a node: what runs there and what waits for it, over its devices.
 * The gateway asks this when a call must go to a pod before a device is free.
 */
public final class ExpectedWait {
  /** What a load weighs against waiting, when both nodes are about equally busy. */
  private static final long COLD_NANOS = 5_000_000_000L;

  private static final long LEAST_LEFT_NANOS = 1_000_000_000L;

  private ExpectedWait() {}

  /** The node with a seat of the turn's Space where it would wait least; empty without seats. */
  public static OptionalInt bestNode(QueueState state, Turn turn, long now) {
    return state.nodesOf(turn.space()).stream()
        .min(Comparator.comparingLong(node -> nanos(state, turn, node, now)))
        .map(OptionalInt::of)
        .orElse(OptionalInt.empty());
  }

  /** Nanoseconds; {@link Long#MAX_VALUE} on a node without devices. */
  public static long nanos(QueueState state, Turn turn, int node, long now) {
    long devices = devices(state, node);
    boolean warm =
        state.devices().values().stream()
            .anyMatch(d -> d.device().node() == node && d.holds(turn.space()));
    return devices == 0
        ? Long.MAX_VALUE
        : work(state, turn.id(), node, now) / devices + (warm ? 0 : COLD_NANOS);
  }

  /** The same for a node as such: what a turn that comes now finds there. */
  public static long nanos(QueueState state, int node, long now) {
    return work(state, "", node, now) / Math.max(1, devices(state, node));
  }

  private static long devices(QueueState state, int node) {
    return state.devices().values().stream()
        .filter(d -> d.device().node() == node && d.up())
        .count();
  }

  private static long work(QueueState state, String except, int node, long now) {
    return runningWork(state, node, now) + waitingWork(state, except, node);
  }

  /** Device nanoseconds until what runs on a node is expected to be over, at least 1 s each. */
  private static long runningWork(QueueState state, int node, long now) {
    long work = 0;
    for (Running running : state.running().values()) {
      DeviceState device = state.devices().get(running.devices().getFirst());
      if (device != null && device.device().node() == node) {
        long left = state.expected(running.turn()) - (now - running.since());
        work += running.turn().cost(Math.max(LEAST_LEFT_NANOS, left));
      }
    }
    return work;
  }

  /** Expected device nanoseconds of the other turns that wait for a node; a held one's share. */
  private static long waitingWork(QueueState state, String except, int node) {
    long work = 0;
    for (QueueState.Ticket ticket : state.waiting().values()) {
      Turn turn = ticket.turn();
      if (!turn.id().equals(except) && state.mayRun(Lane.of(turn), node)) {
        int seats = turn.node() == Turn.ANY_SEAT ? state.nodesOf(turn.space()).size() : 1;
        work += turn.cost(state.expected(turn)) / seats;
      }
    }
    return work;
  }
}
