package dev.berth.scheduler.core.model;

import java.util.List;

/**
 * How a request may be served. A higher {@code priority} goes first; only {@code preemptible}
 * placements can be taken back for others. {@code regions} is a hard filter, empty means any.
 * {@code fallbacks} are tried in order when the request itself does not fit. {@code expectedNanos}
 * is how long it will run, 0 when unknown; {@code checkpointNanos} what stopping it would cost.
 */
public record Policy(
    int priority,
    boolean preemptible,
    String queue,
    Topology topology,
    List<String> regions,
    List<Alternative> fallbacks,
    long expectedNanos,
    long checkpointNanos) {
  public static final Policy DEFAULT =
      new Policy(0, false, "", Topology.ANYWHERE, List.of(), List.of(), 0, 0);

  /** The same members on another flavor. */
  public record Alternative(String flavor, String catalogVersion, List<Shape> members) {
    public Alternative {
      members = List.copyOf(members);
    }
  }

  public Policy {
    regions = List.copyOf(regions);
    fallbacks = List.copyOf(fallbacks);
  }

  public Policy withTopology(Topology now) {
    return new Policy(
        priority, preemptible, queue, now, regions, fallbacks, expectedNanos, checkpointNanos);
  }

  public Policy withRegions(List<String> now) {
    return new Policy(
        priority, preemptible, queue, topology, now, fallbacks, expectedNanos, checkpointNanos);
  }

  public Policy withFallbacks(List<Alternative> now) {
    return new Policy(
        priority, preemptible, queue, topology, regions, now, expectedNanos, checkpointNanos);
  }
}
