package dev.berth.scheduler.core.model;

import java.util.List;

/**
 * One member's hold on one node. Granted amounts are logical; the pod requests {@code pod...},
 * which is granted divided by the node's overcommit.
 */
public record Lease(
    String id,
    String node,
    List<Device> devices,
    long cpuMilli,
    long memoryMib,
    long podCpuMilli,
    long podMemoryMib) {
  public Lease {
    devices = List.copyOf(devices);
  }
}
