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

  /** Whether it is a ZeroGPU seat: the pod gets the device API instead of a device. */
  public boolean seat() {
    return devices.stream().anyMatch(device -> device.model().equals(Device.SEAT));
  }

  /** A device by its DRA name; {@code milli} is 1000 unless shared. */
  public record Device(String name, String model, int milli, long memoryMib) {
    private static final String CPU = "cpu";
    private static final String SEAT = "seat";

    public boolean isCpu() {
      return name.equals(CPU);
    }

    /** Whether several leases may hold it at once. */
    public boolean shared() {
      return isCpu() || name.endsWith("-share");
    }
  }
}
