package dev.berth.operator.placement;

import java.util.List;

/**
 * One member's hold on one node. Granted CPU and memory are logical; the pod ones are what to
 * request of the kubelet.
 */
public record Lease(
    String id,
    int member,
    String node,
    List<Device> devices,
    long cpuMilli,
    long memoryMib,
    long podCpuMilli,
    long podMemoryMib) {

  /** A device by its DRA name; {@code milli} is 1000 unless shared. */
  public record Device(String name, int milli, long memoryMib) {
    private static final String CPU = "cpu";

    public boolean isCpu() {
      return name.equals(CPU);
    }

    /** Whether several leases may hold it at once. */
    public boolean shared() {
      return isCpu() || name.endsWith("-share");
    }
  }
}
