package dev.berth.agent.core;

import java.util.List;

/**
 * What the scheduler decided for one member of a placement, and who pays.
 *
 * @param epoch leader epoch of the decision
 * @param seat a ZeroGPU seat: its pod gets the device API instead of a device
 */
public record Grant(
    String leaseId,
    long epoch,
    String account,
    String owner,
    String flavor,
    String catalogVersion,
    List<LeaseDevice> devices,
    boolean seat) {
  public Grant {
    devices = List.copyOf(devices);
  }

  /** A grant of devices. */
  public Grant(
      String leaseId,
      long epoch,
      String account,
      String owner,
      String flavor,
      String catalogVersion,
      List<LeaseDevice> devices) {
    this(leaseId, epoch, account, owner, flavor, catalogVersion, devices, false);
  }

  /** A grant of which only the id is known: it was revoked before it was seen. */
  public static Grant unseen(String leaseId, long epoch) {
    return new Grant(leaseId, epoch, "", "", "", "", List.of());
  }

  boolean conflictsWith(Grant other) {
    return devices.stream()
        .anyMatch(
            d -> other.devices.stream().anyMatch(o -> d.footprint().conflictsWith(o.footprint())));
  }

  boolean occupies(String card) {
    return devices.stream().anyMatch(d -> d.footprint().card().equals(card));
  }
}
