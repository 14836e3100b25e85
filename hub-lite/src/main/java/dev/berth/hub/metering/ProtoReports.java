package dev.berth.hub.metering;

import dev.berth.api.metering.v1.DeviceTimeline;
import dev.berth.api.metering.v1.LeaseUsage;
import dev.berth.api.metering.v1.UsageReport;

/** From the wire to the model. */
final class ProtoReports {
  private ProtoReports() {}

  /** An {@link IllegalArgumentException} names the field that cannot be used. */
  static NodeReport toModel(UsageReport report) {
    require(
        !report.getJournalId().isEmpty(),
        "journal_id is empty; expected the id of the node's journal");
    require(!report.getNode().isEmpty(), "node is empty; expected the Kubernetes node name");
    require(
        report.getSeq() > 0, "seq is " + report.getSeq() + "; expected 1, 2, 3 ... without gaps");
    return new NodeReport(
        report.getNode(),
        report.getJournalId(),
        report.getSeq(),
        report.getWallUnixNanos(),
        report.getLeasesList().stream().map(ProtoReports::toModel).toList(),
        report.getDevicesList().stream().map(ProtoReports::toModel).toList(),
        report.toByteString());
  }

  private static LeaseLine toModel(LeaseUsage lease) {
    require(
        !lease.getLeaseId().isEmpty(),
        "lease_id is empty; expected the id of the placement's lease");
    return new LeaseLine(
        lease.getLeaseId(),
        lease.getEpoch(),
        lease.getAccount(),
        lease.getOwner(),
        lease.getFlavor(),
        lease.getCatalogVersion(),
        lease.getDevicesList(),
        lease.getHeldNanos(),
        lease.getStartedUnixNanos(),
        lease.getUntilUnixNanos(),
        lease.getEnded(),
        lease.getBusyNanos(),
        lease.getEnergyMillijoules());
  }

  private static DeviceTotals toModel(DeviceTimeline device) {
    return new DeviceTotals(
        device.getDevice(),
        device.getModel(),
        device.getHeldNanos(),
        device.getIdleNanos(),
        device.getDrainingNanos(),
        device.getUnknownNanos(),
        device.getWallNanos(),
        device.getHeldByList());
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
