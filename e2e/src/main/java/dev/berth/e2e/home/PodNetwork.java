package dev.berth.e2e.home;

import dev.berth.e2e.FleetException;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * The network of the native cluster's pods: one bridge with a /24 on this machine.
 *
 * @param prefix the first three bytes of its addresses, "10.200.7"
 */
public record PodNetwork(String bridge, String prefix) {
  /** Takes the first of 10.200.0.0/24 to 10.200.255.0/24 that is free, from a start by home. */
  static PodNetwork choose(String fleet, Predicate<String> isFree) {
    int start = Math.floorMod(fleet.hashCode(), 256);
    var prefix =
        IntStream.range(0, 256)
            .mapToObj(i -> "10.200." + (start + i) % 256)
            .filter(isFree)
            .findFirst()
            .orElseThrow(
                () ->
                    new FleetException(
                        "No free /24 in 10.200.0.0/16 for pods: see `ip route`, and remove bridges that no fleet uses"));
    return new PodNetwork(fleet, prefix);
  }

  public String subnet() {
    return prefix + ".0/24";
  }

  /** The bridge's own address: the node's address, and the pods' way to this machine. */
  public String gateway() {
    return prefix + ".1";
  }
}
