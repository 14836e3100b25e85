package dev.berth.turns.queue;

import dev.berth.collect.OrderedMap;
import dev.berth.turns.model.Turn;

/**
 * An account's turns.
 *
 * @param tag the flow's virtual time: device nanoseconds it was charged for, per unit of weight
 * @param lanes its waiting turns, by number of arrival; no lane is empty
 * @param running turns that have a device, or half of a pair
 */
record Flow(int weight, long tag, OrderedMap<Lane, OrderedMap<Long, Turn>> lanes, int running) {
  static Flow startingAt(long tag, int weight) {
    return new Flow(weight, tag, OrderedMap.empty(), 0);
  }

  boolean waits() {
    return !lanes.isEmpty();
  }

  Flow with(long number, Turn turn) {
    Lane lane = Lane.of(turn);
    OrderedMap<Long, Turn> there = lanes.getOrDefault(lane, OrderedMap.empty());
    return new Flow(weight, tag, lanes.with(lane, there.with(number, turn)), running);
  }

  Flow without(long number, Turn turn) {
    Lane lane = Lane.of(turn);
    OrderedMap<Long, Turn> left =
        lanes.getOrDefault(lane, OrderedMap.<Long, Turn>empty()).without(number);
    return new Flow(
        weight, tag, left.isEmpty() ? lanes.without(lane) : lanes.with(lane, left), running);
  }

  /** Resumes no further back than {@code from}: idleness is not saved up. */
  Flow notBefore(long from) {
    return new Flow(weight, Math.max(tag, from), lanes, running);
  }

  Flow charged(long costNanos) {
    return new Flow(weight, tag + costNanos / weight, lanes, running);
  }

  Flow running(int change) {
    return new Flow(weight, tag, lanes, running + change);
  }
}
