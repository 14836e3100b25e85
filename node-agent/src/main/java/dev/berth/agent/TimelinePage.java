package dev.berth.agent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.agent.core.AgentState;
import dev.berth.agent.core.Lease;
import dev.berth.agent.core.LeaseDevice;
import dev.berth.agent.core.Report.DeviceTotals;
import dev.berth.agent.core.Reports;
import java.util.List;

/** The journal's state as JSON, for the audit. */
final class TimelinePage {
  private static final ObjectMapper JSON = new ObjectMapper();

  private TimelinePage() {}

  record Page(
      String node,
      String journalId,
      String bootId,
      long nowUnixNanos,
      List<Device> devices,
      List<LeaseLine> leases,
      long reportedSeq,
      long ackedSeq) {}

  record Device(
      String device,
      String model,
      long heldNanos,
      long idleNanos,
      long drainingNanos,
      long unknownNanos,
      long wallNanos) {}

  record LeaseLine(
      String leaseId,
      String account,
      String flavor,
      String catalogVersion,
      List<String> devices,
      long heldNanos,
      boolean ended) {}

  static String json(String node, AgentState s) {
    Page page =
        new Page(
            node,
            s.journalId(),
            s.time().bootId(),
            s.time().unix(),
            Reports.devices(s).stream().map(TimelinePage::device).toList(),
            s.leases().values().stream().filter(Lease::everHeld).map(TimelinePage::line).toList(),
            s.lastSeq(),
            s.ackedSeq());
    try {
      return JSON.writeValueAsString(page);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Device device(DeviceTotals t) {
    return new Device(
        t.timeline().name(),
        t.timeline().model(),
        t.timeline().heldNanos(),
        t.timeline().idleNanos(),
        t.timeline().drainingNanos(),
        t.timeline().unknownNanos(),
        t.wallNanos());
  }

  private static LeaseLine line(Lease l) {
    return new LeaseLine(
        l.id(),
        l.grant().account(),
        l.grant().flavor(),
        l.grant().catalogVersion(),
        l.grant().devices().stream().map(LeaseDevice::name).toList(),
        l.usage().heldNanos(),
        l.gone());
  }
}
