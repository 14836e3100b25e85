package dev.berth.agent.metering;

import dev.berth.agent.core.LeaseDevice;
import dev.berth.agent.core.Report;
import dev.berth.api.metering.v1.DeviceTimeline;
import dev.berth.api.metering.v1.LeaseUsage;
import dev.berth.api.metering.v1.UsageReport;

/** Reports in the words of the contract. The same report always gives the same message. */
final class ReportMessages {
  private ReportMessages() {}

  static UsageReport of(String node, String journalId, Report r) {
    return UsageReport.newBuilder()
        .setNode(node)
        .setJournalId(journalId)
        .setSeq(r.seq())
        .setWallUnixNanos(r.unixNanos())
        .addAllLeases(r.leases().stream().map(ReportMessages::lease).toList())
        .addAllDevices(r.devices().stream().map(ReportMessages::device).toList())
        .build();
  }

  private static LeaseUsage lease(Report.LeaseTotals t) {
    return LeaseUsage.newBuilder()
        .setLeaseId(t.grant().leaseId())
        .setEpoch(t.grant().epoch())
        .setAccount(t.grant().account())
        .setOwner(t.grant().owner())
        .setFlavor(t.grant().flavor())
        .setCatalogVersion(t.grant().catalogVersion())
        .addAllDevices(t.grant().devices().stream().map(LeaseDevice::name).toList())
        .setHeldNanos(t.usage().heldNanos())
        .setStartedUnixNanos(t.usage().startedUnix())
        .setUntilUnixNanos(t.usage().untilUnix())
        .setEnded(t.ended())
        .setBusyNanos(t.usage().busyNanos())
        .setEnergyMillijoules(t.usage().energyMillijoules())
        .build();
  }

  private static DeviceTimeline device(Report.DeviceTotals t) {
    return DeviceTimeline.newBuilder()
        .setDevice(t.timeline().name())
        .setModel(t.timeline().model())
        .setHeldNanos(t.timeline().heldNanos())
        .setIdleNanos(t.timeline().idleNanos())
        .setDrainingNanos(t.timeline().drainingNanos())
        .setUnknownNanos(t.timeline().unknownNanos())
        .setWallNanos(t.wallNanos())
        .addAllHeldBy(t.heldBy())
        .build();
  }
}
