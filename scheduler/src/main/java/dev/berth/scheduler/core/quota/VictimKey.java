package dev.berth.scheduler.core.quota;

import dev.berth.scheduler.core.model.Placement;

/**
 * The order in which preemptible placements are given up: lowest priority, then least checkpoint
 * cost, then the one placed last, which loses least work.
 */
public record VictimKey(int priority, long checkpointNanos, long placedNanos, String id)
    implements Comparable<VictimKey> {
  static VictimKey of(Placement.Placed placed) {
    return new VictimKey(
        placed.request().policy().priority(),
        placed.request().policy().checkpointNanos(),
        placed.placedNanos(),
        placed.id());
  }

  @Override
  public int compareTo(VictimKey other) {
    int order = Integer.compare(priority, other.priority);
    order = order != 0 ? order : Long.compare(checkpointNanos, other.checkpointNanos);
    order = order != 0 ? order : Long.compare(other.placedNanos, placedNanos);
    return order != 0 ? order : id.compareTo(other.id);
  }
}
