package dev.berth.agent.dra;

import java.util.List;
import java.util.Map;

/**
 * What a ResourceClaim's status says about devices of this driver.
 *
 * @param parameters opaque parameters of this driver's configuration
 * @param podUid of the pod that the claim is reserved for; empty if none, or not one pod
 */
public record AllocatedClaim(
    String uid, List<Allocation> allocations, Map<String, String> parameters, String podUid) {
  public AllocatedClaim {
    allocations = List.copyOf(allocations);
    parameters = Map.copyOf(parameters);
  }

  AllocatedClaim(String uid, List<Allocation> allocations, Map<String, String> parameters) {
    this(uid, allocations, parameters, "");
  }

  /**
   * One allocated device.
   *
   * @param shareId empty unless the device allows several allocations
   * @param milli consumed thousandths of a shared card; 1000 unless stated
   */
  public record Allocation(String request, String pool, String device, String shareId, int milli) {}
}
