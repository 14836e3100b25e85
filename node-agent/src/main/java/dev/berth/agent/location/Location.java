package dev.berth.agent.location;

import java.util.Optional;

/**
 * Where the node stands, widest first; empty: not known. The names must be unique within the fleet.
 *
 * @param tpu where the chips of a TPU host lie in a larger torus
 */
public record Location(
    String region,
    String zone,
    String block,
    String rack,
    String nvlinkDomain,
    Optional<TpuPlace> tpu) {
  public static final Location UNKNOWN = new Location("", "", "", "", "", Optional.empty());

  /** This one, with whatever {@code other} knows better. */
  public Location overriddenBy(Location other) {
    return new Location(
        either(other.region, region),
        either(other.zone, zone),
        either(other.block, block),
        either(other.rack, rack),
        either(other.nvlinkDomain, nvlinkDomain),
        other.tpu.or(() -> tpu));
  }

  private static String either(String first, String second) {
    return first.isEmpty() ? second : first;
  }
}
