package dev.berth.turns.queue;

import java.util.SortedSet;

/**
 * What the queue knows of a Space.
 *
 * @param nodes where it has seats
 * @param loadNanos and {@code declaredNanos} as its last turn said
 * @param waiting turns
 * @param running turns
 */
record SpaceStats(
    SortedSet<Integer> nodes,
    long loadNanos,
    long declaredNanos,
    Runs runs,
    Demand demand,
    int waiting,
    int running) {
  static SpaceStats at(SortedSet<Integer> nodes) {
    return new SpaceStats(nodes, 0, 1, Runs.NONE, Demand.NONE, 0, 0);
  }

  SpaceStats called(long loadNanos, long declaredNanos, Demand demand) {
    return new SpaceStats(nodes, loadNanos, declaredNanos, runs, demand, waiting, running);
  }

  SpaceStats seatedOn(SortedSet<Integer> nodes) {
    return new SpaceStats(nodes, loadNanos, declaredNanos, runs, demand, waiting, running);
  }

  SpaceStats ran(long nanos) {
    return new SpaceStats(
        nodes, loadNanos, declaredNanos, runs.with(nanos), demand, waiting, running);
  }

  SpaceStats waiting(int change) {
    return new SpaceStats(nodes, loadNanos, declaredNanos, runs, demand, waiting + change, running);
  }

  SpaceStats running(int change) {
    return new SpaceStats(nodes, loadNanos, declaredNanos, runs, demand, waiting, running + change);
  }
}
