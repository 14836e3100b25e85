package dev.berth.agent.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.agent.core.AgentState;
import dev.berth.agent.core.Report;
import dev.berth.agent.core.Report.LeaseTotals;
import java.util.HashMap;
import java.util.Map;

/** Takes reports as the real hub does, and objects to anything the contract forbids. */
final class SimulatedHub {
  private final Map<Long, Report> committed = new HashMap<>();
  private final Map<String, Long> held = new HashMap<>();
  private long acked;

  void receive(Report report) {
    // From the journal, a report has lost what only the agent knows of a device.
    Report said = ReportCodec.report(ReportCodec.report(report));
    if (committed.containsKey(report.seq())) {
      assertThat(said).as("repeated report").isEqualTo(committed.get(report.seq()));
      return;
    }
    assertThat(report.seq()).as("seq without gaps").isEqualTo(acked + 1);
    report.leases().forEach(this::commit);
    committed.put(report.seq(), said);
    acked = report.seq();
  }

  private void commit(LeaseTotals t) {
    long before = held.getOrDefault(t.grant().leaseId(), 0L);
    assertThat(t.usage().heldNanos()).as("held never decreases").isGreaterThanOrEqualTo(before);
    held.put(t.grant().leaseId(), t.usage().heldNanos());
  }

  long acked() {
    return acked;
  }

  long billed(String leaseId) {
    return held.getOrDefault(leaseId, 0L);
  }

  /** Nothing billed that is not held, nothing acknowledged that is forgotten or said otherwise. */
  void agreesWith(AgentState s) {
    assertThat(s.lastSeq()).isGreaterThanOrEqualTo(acked);
    assertThat(s.ackedSeq()).isLessThanOrEqualTo(acked);
    assertThat(s.pending()).hasSize((int) (s.lastSeq() - s.ackedSeq()));
    held.forEach(
        (id, h) ->
            s.lease(id)
                .ifPresent(l -> assertThat(l.usage().heldNanos()).isGreaterThanOrEqualTo(h)));
  }
}
