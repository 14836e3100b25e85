package dev.berth.agent.metering;

import dev.berth.agent.core.AgentState;
import dev.berth.agent.core.Decision;
import dev.berth.agent.core.Event;
import dev.berth.agent.core.Report;
import dev.berth.agent.runtime.AgentLedger;
import dev.berth.agent.stream.ReconnectingStream;
import dev.berth.agent.stream.StreamProtocol;
import dev.berth.api.metering.v1.MeteringGrpc;
import dev.berth.api.metering.v1.ReportAck;
import dev.berth.api.metering.v1.UsageReport;
import io.grpc.Channel;
import io.grpc.stub.StreamObserver;
import io.prometheus.metrics.core.metrics.Counter;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the journal's reports in order and again after each reconnect, until the hub acknowledges
 * them. Reports that wait for an acknowledgement longer than {@code ackTimeout} are sent again on a
 * new stream.
 */
public final class MeteringClient implements StreamProtocol<UsageReport, ReportAck>, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MeteringClient.class);
  private static final Counter SENT =
      Counter.builder()
          .name("berth_agent_reports_sent_total")
          .help("Usage reports sent, repeats included.")
          .register();
  private static final Counter QUARANTINED =
      Counter.builder()
          .name("berth_agent_reports_quarantined_total")
          .help("Reports whose content the hub says contradicts what it has committed.")
          .register();

  private final Channel channel;
  private final String node;
  private final AgentLedger ledger;
  private final Duration ackTimeout;
  private final Supplier<String> newJournalId;
  private final ReconnectingStream<UsageReport, ReportAck> stream;
  private long sent;
  private long waitingSince;

  public MeteringClient(
      Channel channel,
      String node,
      AgentLedger ledger,
      Duration ackTimeout,
      Supplier<String> newJournalId) {
    this.channel = channel;
    this.node = node;
    this.ledger = ledger;
    this.ackTimeout = ackTimeout;
    this.newJournalId = newJournalId;
    this.stream = new ReconnectingStream<>("metering", this);
  }

  public void start() {
    ledger.onChange(s -> stream.run(this::pump));
    stream.every(ackTimeout.toNanos() / 4, this::watch);
    stream.start();
  }

  @Override
  public StreamObserver<UsageReport> open(StreamObserver<ReportAck> answers) {
    sent = 0;
    return MeteringGrpc.newStub(channel).withWaitForReady().report(answers);
  }

  @Override
  public void ready() {
    pump();
  }

  private void pump() {
    AgentState s = ledger.now();
    for (Report report : s.pending()) {
      if (report.seq() > sent && stream.writable()) {
        waitingSince = sent <= s.ackedSeq() ? System.nanoTime() : waitingSince;
        stream.send(ReportMessages.of(node, s.journalId(), report));
        sent = report.seq();
        SENT.inc();
      }
    }
  }

  private void watch() {
    boolean waiting = sent > ledger.now().ackedSeq();
    if (waiting && System.nanoTime() - waitingSince > ackTimeout.toNanos()) {
      LOG.atWarn()
          .addKeyValue("sent", sent)
          .addKeyValue("acked", ledger.now().ackedSeq())
          .log("Reports were not acknowledged in time; they are sent again.");
      waitingSince = System.nanoTime();
      stream.restart("no acknowledgement");
    }
    pump();
  }

  @Override
  public void received(ReportAck ack) {
    waitingSince = System.nanoTime();
    if (ack.getQuarantinedCount() > 0) {
      QUARANTINED.inc(ack.getQuarantinedCount());
      LOG.atError()
          .addKeyValue("journal", ack.getJournalId())
          .addKeyValue("seqs", ack.getQuarantinedList())
          .log("The hub quarantined reports that contradict what it has committed.");
    }
    if (ledger.decide(s -> acknowledge(s, ack))) {
      LOG.atError()
          .addKeyValue("acked", ack.getAckedSeq())
          .log(
              "Hub and journal disagree on what was reported, one lost records; all totals are"
                  + " reported again under a new journal id.");
      sent = 0;
    }
    pump();
  }

  /**
   * Answers whether one side lost records: the hub acknowledges what this journal never said, or no
   * longer what it had acknowledged. Totals are cumulative, so saying them again mends both.
   */
  private Decision<Boolean> acknowledge(AgentState s, ReportAck ack) {
    if (!ack.getJournalId().equals(s.journalId()) || ack.getAckedSeq() == s.ackedSeq()) {
      return new Decision<>(List.of(), false);
    }
    return ack.getAckedSeq() > s.lastSeq() || ack.getAckedSeq() < s.ackedSeq()
        ? new Decision<>(List.of(new Event.JournalRenewed(newJournalId.get())), true)
        : new Decision<>(List.of(new Event.ReportsAcked(ack.getAckedSeq())), false);
  }

  /** Everything not acknowledged goes out again on the next stream. */
  @Override
  public void lost() {
    sent = 0;
  }

  @Override
  public void close() {
    stream.close();
  }
}
