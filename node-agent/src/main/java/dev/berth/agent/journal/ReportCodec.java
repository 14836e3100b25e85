package dev.berth.agent.journal;

import dev.berth.agent.core.Timeline;
import dev.berth.agent.core.Usage;
import dev.berth.agent.wire.journal.DeviceTotals;
import dev.berth.agent.wire.journal.LeaseTotals;
import dev.berth.agent.wire.journal.Report;

/** Reports to records and back. */
final class ReportCodec {
  private ReportCodec() {}

  static Report report(dev.berth.agent.core.Report r) {
    return Report.newBuilder()
        .setSeq(r.seq())
        .setUnixNanos(r.unixNanos())
        .addAllLeases(r.leases().stream().map(ReportCodec::lease).toList())
        .addAllDevices(r.devices().stream().map(ReportCodec::device).toList())
        .build();
  }

  static dev.berth.agent.core.Report report(Report r) {
    return new dev.berth.agent.core.Report(
        r.getSeq(),
        r.getUnixNanos(),
        r.getLeasesList().stream().map(ReportCodec::lease).toList(),
        r.getDevicesList().stream().map(ReportCodec::device).toList());
  }

  private static LeaseTotals lease(dev.berth.agent.core.Report.LeaseTotals t) {
    return LeaseTotals.newBuilder()
        .setGrant(LeaseCodec.grant(t.grant()))
        .setHeldNanos(t.usage().heldNanos())
        .setStartedUnixNanos(t.usage().startedUnix())
        .setUntilUnixNanos(t.usage().untilUnix())
        .setBusyNanos(t.usage().busyNanos())
        .setEnergyMillijoules(t.usage().energyMillijoules())
        .setEnded(t.ended())
        .build();
  }

  private static dev.berth.agent.core.Report.LeaseTotals lease(LeaseTotals t) {
    Usage usage =
        new Usage(
            t.getHeldNanos(),
            t.getStartedUnixNanos(),
            t.getUntilUnixNanos(),
            t.getBusyNanos(),
            t.getEnergyMillijoules());
    return new dev.berth.agent.core.Report.LeaseTotals(
        LeaseCodec.grant(t.getGrant()), usage, t.getEnded());
  }

  private static DeviceTotals device(dev.berth.agent.core.Report.DeviceTotals t) {
    Timeline d = t.timeline();
    return DeviceTotals.newBuilder()
        .setName(d.name())
        .setModel(d.model())
        .setHeldNanos(d.heldNanos())
        .setIdleNanos(d.idleNanos())
        .setDrainingNanos(d.drainingNanos())
        .setUnknownNanos(d.unknownNanos())
        .setWallNanos(t.wallNanos())
        .addAllHeldBy(t.heldBy())
        .build();
  }

  private static dev.berth.agent.core.Report.DeviceTotals device(DeviceTotals t) {
    Timeline timeline =
        new Timeline(
            t.getName(),
            t.getModel(),
            0,
            t.getHeldNanos(),
            t.getIdleNanos(),
            t.getDrainingNanos(),
            t.getUnknownNanos(),
            true);
    return new dev.berth.agent.core.Report.DeviceTotals(
        timeline, t.getWallNanos(), t.getHeldByList());
  }
}
