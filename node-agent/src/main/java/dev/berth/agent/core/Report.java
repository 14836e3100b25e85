package dev.berth.agent.core;

import java.util.List;

/** One usage report; its totals are cumulative and its content never changes once emitted. */
public record Report(
    long seq, long unixNanos, List<LeaseTotals> leases, List<DeviceTotals> devices) {
  public Report {
    leases = List.copyOf(leases);
    devices = List.copyOf(devices);
  }

  /** Devices of the grant count by name only. */
  public record LeaseTotals(Grant grant, Usage usage, boolean ended) {}

  /** {@code wallNanos} is measured from first sight, not added up. */
  public record DeviceTotals(Timeline timeline, long wallNanos, List<String> heldBy) {
    public DeviceTotals {
      heldBy = List.copyOf(heldBy);
    }
  }
}
