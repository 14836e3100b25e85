package dev.berth.operator.workload;

/** How the user names the hardware. */
public sealed interface HardwareWish {
  /** By the name of a Flavor. */
  record ByName(String flavor) implements HardwareWish {}

  /** As Endpoints do: vendor, instance type and size; an empty region means any. */
  record ByInstance(String vendor, String region, String instanceType, String instanceSize)
      implements HardwareWish {}
}
