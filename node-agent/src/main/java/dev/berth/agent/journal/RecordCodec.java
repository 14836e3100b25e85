package dev.berth.agent.journal;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.berth.agent.core.Event;
import dev.berth.agent.core.Moment;
import dev.berth.agent.wire.journal.Booted;
import dev.berth.agent.wire.journal.Checkpoint;
import dev.berth.agent.wire.journal.DevicesSeen;
import dev.berth.agent.wire.journal.EpochSeen;
import dev.berth.agent.wire.journal.JournalRenewed;
import dev.berth.agent.wire.journal.LeaseGranted;
import dev.berth.agent.wire.journal.LeasePrepared;
import dev.berth.agent.wire.journal.LeaseRevoked;
import dev.berth.agent.wire.journal.LeaseUnprepared;
import dev.berth.agent.wire.journal.Record;
import dev.berth.agent.wire.journal.ReportEmitted;
import dev.berth.agent.wire.journal.ReportsAcked;
import dev.berth.agent.wire.journal.SeenDevice;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Events to records and back. */
final class RecordCodec {
  private RecordCodec() {}

  static Record.Builder at(Moment now) {
    return Record.newBuilder().setMonoNanos(now.monoNanos()).setUnixNanos(now.unixNanos());
  }

  static Moment moment(Record r) {
    return new Moment(r.getMonoNanos(), r.getUnixNanos());
  }

  static Record parse(byte[] payload) {
    try {
      return Record.parseFrom(payload);
    } catch (InvalidProtocolBufferException e) {
      throw new JournalException("A record passed its checksum but is not a journal record", e);
    }
  }

  static Record write(Event event, Moment now) {
    Record.Builder r = at(now);
    switch (event) {
      case Event.Booted b -> r.setBooted(Booted.newBuilder().setBootId(b.bootId()));
      case Event.DevicesSeen d -> r.setDevicesSeen(seen(d.models()));
      case Event.EpochSeen e -> r.setEpochSeen(EpochSeen.newBuilder().setEpoch(e.epoch()));
      case Event.LeaseGranted g ->
          r.setLeaseGranted(LeaseGranted.newBuilder().setGrant(LeaseCodec.grant(g.grant())));
      case Event.LeasePrepared p ->
          r.setLeasePrepared(
              LeasePrepared.newBuilder()
                  .setGrant(LeaseCodec.grant(p.grant()))
                  .setClaim(LeaseCodec.claim(p.claim())));
      case Event.LeaseUnprepared u ->
          r.setLeaseUnprepared(LeaseUnprepared.newBuilder().setLeaseId(u.leaseId()));
      case Event.LeaseRevoked v ->
          r.setLeaseRevoked(LeaseRevoked.newBuilder().setLeaseId(v.leaseId()).setEpoch(v.epoch()));
      case Event.ReportEmitted e ->
          r.setReportEmitted(ReportEmitted.newBuilder().setReport(ReportCodec.report(e.report())));
      case Event.ReportsAcked a -> r.setReportsAcked(ReportsAcked.newBuilder().setSeq(a.seq()));
      case Event.Checkpoint _ -> r.setCheckpoint(Checkpoint.getDefaultInstance());
      case Event.JournalRenewed n ->
          r.setJournalRenewed(JournalRenewed.newBuilder().setJournalId(n.journalId()));
    }
    return r.build();
  }

  static Event event(Record r) {
    return switch (r.getBodyCase()) {
      case BOOTED -> new Event.Booted(r.getBooted().getBootId());
      case DEVICES_SEEN -> new Event.DevicesSeen(models(r.getDevicesSeen()));
      case EPOCH_SEEN -> new Event.EpochSeen(r.getEpochSeen().getEpoch());
      case LEASE_GRANTED ->
          new Event.LeaseGranted(LeaseCodec.grant(r.getLeaseGranted().getGrant()));
      case LEASE_PREPARED ->
          new Event.LeasePrepared(
              LeaseCodec.grant(r.getLeasePrepared().getGrant()),
              LeaseCodec.claim(r.getLeasePrepared().getClaim()));
      case LEASE_UNPREPARED -> new Event.LeaseUnprepared(r.getLeaseUnprepared().getLeaseId());
      case LEASE_REVOKED ->
          new Event.LeaseRevoked(r.getLeaseRevoked().getLeaseId(), r.getLeaseRevoked().getEpoch());
      case REPORT_EMITTED ->
          new Event.ReportEmitted(ReportCodec.report(r.getReportEmitted().getReport()));
      case REPORTS_ACKED -> new Event.ReportsAcked(r.getReportsAcked().getSeq());
      case JOURNAL_RENEWED -> new Event.JournalRenewed(r.getJournalRenewed().getJournalId());
      case CHECKPOINT, SNAPSHOT, BODY_NOT_SET -> new Event.Checkpoint();
    };
  }

  private static DevicesSeen.Builder seen(Map<String, String> models) {
    DevicesSeen.Builder seen = DevicesSeen.newBuilder();
    new TreeMap<>(models)
        .forEach((n, m) -> seen.addDevices(SeenDevice.newBuilder().setName(n).setModel(m)));
    return seen;
  }

  private static Map<String, String> models(DevicesSeen seen) {
    return seen.getDevicesList().stream()
        .collect(Collectors.toMap(SeenDevice::getName, SeenDevice::getModel, (a, b) -> b));
  }
}
