package dev.berth.agent.core;

import static dev.berth.agent.core.Leases.claim;
import static dev.berth.agent.core.Leases.grant;
import static dev.berth.agent.core.Leases.whole;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportsTest {
  private static final long DAY = 86_400_000_000_000L;
  private static final long MIDNIGHT = 20_000 * DAY;
  private static final long INTERVAL = 2_000_000_000L;
  private AgentState state = AgentState.empty("j");
  private long wallAtBoot = MIDNIGHT - DAY / 2;

  private Moment moment(long nanos) {
    return new Moment(nanos, wallAtBoot + nanos);
  }

  private void at(long nanos, Event event) {
    state = Ledger.step(state, event, moment(nanos));
  }

  private void report(long nanos) {
    AgentState now = Ledger.advance(state, moment(nanos));
    at(nanos, new Event.ReportEmitted(Reports.next(now, Map.of())));
  }

  private boolean due(long nanos) {
    return Reports.due(state, moment(nanos), INTERVAL);
  }

  private void started() {
    at(0, new Event.Booted("b"));
    at(0, new Event.DevicesSeen(Map.of("gpu-0", "T4-16")));
    report(0);
  }

  @Test
  void edgesAreDueAtOnceThenByIntervalTenTimesSlowerWhenIdle() {
    started();
    assertThat(due(INTERVAL)).isFalse();
    assertThat(due(10 * INTERVAL)).isTrue();
    at(1, new Event.LeasePrepared(grant("a#0", 1, whole(0)), claim("u", whole(0))));
    assertThat(due(1)).isTrue();
    report(1);
    assertThat(due(INTERVAL)).isFalse();
    assertThat(due(1 + INTERVAL)).isTrue();
    at(2, new Event.LeaseUnprepared("a#0"));
    assertThat(due(2)).isTrue();
  }

  @Test
  void midnightIsDue() {
    wallAtBoot = MIDNIGHT - 5;
    started();
    assertThat(due(4)).isFalse();
    assertThat(due(5)).isTrue();
  }

  @Test
  void reportsAreCumulativeAndAnEndIsSaidOnce() {
    started();
    at(10, new Event.LeasePrepared(grant("a#0", 1, whole(0)), claim("u", whole(0))));
    report(30);
    at(50, new Event.LeaseRevoked("a#0", 1));
    at(60, new Event.LeaseUnprepared("a#0"));
    report(60);
    report(70);

    assertThat(state.pending()).extracting(Report::seq).containsExactly(1L, 2L, 3L, 4L);
    assertThat(state.pending().get(1).leases())
        .singleElement()
        .satisfies(l -> assertThat(l.usage().heldNanos()).isEqualTo(20));
    assertThat(state.pending().get(2).leases())
        .singleElement()
        .satisfies(
            l -> {
              assertThat(l.usage().heldNanos()).isEqualTo(40);
              assertThat(l.ended()).isTrue();
            });
    assertThat(state.pending().get(3).leases()).isEmpty();
  }

  @Test
  void acknowledgementsAreCumulativeAndNeverBeyondWhatWasSaid() {
    started();
    report(1);
    report(2);
    at(3, new Event.ReportsAcked(2));
    assertThat(state.pending()).extracting(Report::seq).containsExactly(3L);
    at(4, new Event.ReportsAcked(1));
    assertThat(state.ackedSeq()).isEqualTo(2);
    at(5, new Event.ReportsAcked(99));
    assertThat(state.ackedSeq()).isEqualTo(3);
  }

  @Test
  void aBacklogStopsPeriodicReportsNotEdges() {
    started();
    at(0, new Event.LeasePrepared(grant("a#0", 1, whole(0)), claim("u", whole(0))));
    for (int i = 0; i < Reports.BACKLOG; i++) {
      report(i);
    }
    assertThat(due(100 * INTERVAL)).isFalse();
    at(100, new Event.LeaseUnprepared("a#0"));
    assertThat(due(100)).isTrue();
  }

  @Test
  void aRenewedJournalSaysEverythingAgainFromSeqOne() {
    started();
    at(0, new Event.LeasePrepared(grant("a#0", 1, whole(0)), claim("u", whole(0))));
    at(10, new Event.LeaseRevoked("a#0", 1));
    at(10, new Event.LeaseUnprepared("a#0"));
    report(10);
    at(11, new Event.JournalRenewed("j2"));
    Report next = Reports.next(state, Map.of());
    assertThat(state.journalId()).isEqualTo("j2");
    assertThat(next.seq()).isEqualTo(1);
    assertThat(next.leases()).hasSize(1);
    assertThat(due(11)).isTrue();
  }
}
