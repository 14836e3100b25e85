package dev.berth.operator.resolve;

import dev.berth.crds.FlavorSpec;
import dev.berth.crds.Topology;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a request may be served, with all names resolved.
 *
 * @param priority -1000 to 1000, higher goes first
 * @param queue empty: the account's
 * @param expected run time; zero: not known
 * @param checkpoint device time that stopping it would cost
 */
public record Policy(
    int priority,
    boolean preemptible,
    String queue,
    Optional<Topology> topology,
    List<String> regions,
    List<Fallback> fallbacks,
    Duration expected,
    Duration checkpoint) {
  public static final Policy DEFAULT =
      new Policy(
          0, false, "", Optional.empty(), List.of(), List.of(), Duration.ZERO, Duration.ZERO);

  /** Another flavor to run on. */
  public record Fallback(String flavor, FlavorSpec spec) {}

  public Policy {
    regions = List.copyOf(regions);
    fallbacks = List.copyOf(fallbacks);
  }

  /** How many ways there are to serve it: as asked, and by its fallbacks. */
  public int choices() {
    return 1 + fallbacks.size();
  }

  /** Only the first {@code choices} of them, at least 1. */
  public Policy first(int choices) {
    return new Policy(
        priority,
        preemptible,
        queue,
        topology,
        regions,
        fallbacks.subList(0, Math.min(choices, choices()) - 1),
        expected,
        checkpoint);
  }
}
