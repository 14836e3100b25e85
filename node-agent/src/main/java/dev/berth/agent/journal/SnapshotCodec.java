package dev.berth.agent.journal;

import dev.berth.agent.core.AgentState;
import dev.berth.agent.core.Lease;
import dev.berth.agent.core.TimeBase;
import dev.berth.agent.core.Timeline;
import dev.berth.agent.wire.journal.Snapshot;
import java.util.LinkedHashMap;
import java.util.Map;

/** A whole state to one record and back. */
final class SnapshotCodec {
  private SnapshotCodec() {}

  static Snapshot write(AgentState s) {
    return Snapshot.newBuilder()
        .setJournalId(s.journalId())
        .setBootId(s.time().bootId())
        .setOffset(s.time().offset())
        .setAt(s.time().at())
        .setUnixNanos(s.time().unix())
        .setHighestEpoch(s.highestEpoch())
        .addAllDevices(s.devices().values().stream().map(SnapshotCodec::timeline).toList())
        .addAllLeases(s.leases().values().stream().map(LeaseCodec::lease).toList())
        .setLastSeq(s.lastSeq())
        .setAckedSeq(s.ackedSeq())
        .addAllPending(s.pending().stream().map(ReportCodec::report).toList())
        .setLastReportAt(s.lastReportAt())
        .setLastReportUnix(s.lastReportUnix())
        .setEdge(s.edge())
        .build();
  }

  static AgentState read(Snapshot s) {
    Map<String, Timeline> devices = new LinkedHashMap<>();
    s.getDevicesList().forEach(d -> devices.put(d.getName(), timeline(d)));
    Map<String, Lease> leases = new LinkedHashMap<>();
    s.getLeasesList().forEach(l -> leases.put(l.getGrant().getLeaseId(), LeaseCodec.lease(l)));
    return new AgentState(
        s.getJournalId(),
        new TimeBase(s.getBootId(), s.getOffset(), s.getAt(), s.getUnixNanos()),
        s.getHighestEpoch(),
        devices,
        leases,
        s.getLastSeq(),
        s.getAckedSeq(),
        s.getPendingList().stream().map(ReportCodec::report).toList(),
        s.getLastReportAt(),
        s.getLastReportUnix(),
        s.getEdge());
  }

  private static dev.berth.agent.wire.journal.Timeline timeline(Timeline t) {
    return dev.berth.agent.wire.journal.Timeline.newBuilder()
        .setName(t.name())
        .setModel(t.model())
        .setFirstAt(t.firstAt())
        .setHeldNanos(t.heldNanos())
        .setIdleNanos(t.idleNanos())
        .setDrainingNanos(t.drainingNanos())
        .setUnknownNanos(t.unknownNanos())
        .setPresent(t.present())
        .build();
  }

  private static Timeline timeline(dev.berth.agent.wire.journal.Timeline t) {
    return new Timeline(
        t.getName(),
        t.getModel(),
        t.getFirstAt(),
        t.getHeldNanos(),
        t.getIdleNanos(),
        t.getDrainingNanos(),
        t.getUnknownNanos(),
        t.getPresent());
  }
}
