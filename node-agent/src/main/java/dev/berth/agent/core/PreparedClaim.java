package dev.berth.agent.core;

import java.util.List;

/** The ResourceClaim through which the kubelet holds a lease, with what it was answered. */
public record PreparedClaim(String uid, String namespace, String name, List<Result> results) {
  public PreparedClaim {
    results = List.copyOf(results);
  }

  /**
   * One allocated device; {@code shareId} is empty unless the device allows several allocations.
   */
  public record Result(String request, String device, String shareId) {}
}
