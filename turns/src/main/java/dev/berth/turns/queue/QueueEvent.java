package dev.berth.turns.queue;

import dev.berth.turns.model.Device;
import dev.berth.turns.model.Turn;
import java.util.SortedSet;

/**
 * What can happen to the queue. A repeated event changes nothing, except {@link ServedElsewhere}.
 */
public sealed interface QueueEvent {
  /** A call wants a turn. */
  record Offer(Turn turn) implements QueueEvent {}

  /**
   * A granted turn is over and its devices are free; its worker may stay there, warm.
   *
   * @param ranNanos it computed, without loading: what later turns of its Space are expected to do
   */
  record Release(String turn, long ranNanos) implements QueueEvent {}

  /** The caller left, or the worker died: waiting or granted, the turn is over. */
  record Cancel(String turn) implements QueueEvent {}

  /** A held turn's call went to a pod on {@code node}; from now on only devices there will do. */
  record Bind(String turn, int node) implements QueueEvent {}

  /** The nodes where a Space has a seat that serves; empty when the Space is gone. */
  record SeatsChanged(String space, SortedSet<Integer> nodes) implements QueueEvent {}

  /** A device may be used: it appeared, or its owner lends it. */
  record DeviceUp(Device device) implements QueueEvent {}

  /** No new turn on this device; a turn that runs there goes on. */
  record DeviceDown(int device) implements QueueEvent {}

  /** The warm worker of a Space on a device is gone. */
  record WorkerGone(int device, String space) implements QueueEvent {}

  /**
   * An account got device time in another queue, which has come to {@code virtualTime}: so that
   * queues of several nodes are fair together.
   */
  record ServedElsewhere(String account, int weight, long costNanos, long virtualTime)
      implements QueueEvent {}
}
