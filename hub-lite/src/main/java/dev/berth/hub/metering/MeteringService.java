package dev.berth.hub.metering;

import dev.berth.api.metering.v1.MeteringGrpc;
import dev.berth.api.metering.v1.ReportAck;
import dev.berth.api.metering.v1.UsageReport;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Metering over gRPC: each report is committed, then acknowledged. When the store cannot be reached
 * the stream ends UNAVAILABLE, and the node repeats what was not acknowledged.
 */
public final class MeteringService extends MeteringGrpc.MeteringImplBase {
  private static final Logger LOG = LoggerFactory.getLogger(MeteringService.class);
  private final ReportLog reports;
  private final MeteringMetrics metrics;

  public MeteringService(ReportLog reports, MeteringMetrics metrics) {
    this.reports = reports;
    this.metrics = metrics;
  }

  @Override
  public StreamObserver<UsageReport> report(StreamObserver<ReportAck> acks) {
    // With a handler set, an acknowledgement to a node that is gone is dropped instead of thrown.
    ((ServerCallStreamObserver<ReportAck>) acks).setOnCancelHandler(() -> {});
    return new ReportStream(acks);
  }

  private final class ReportStream implements StreamObserver<UsageReport> {
    private final StreamObserver<ReportAck> acks;
    private boolean failed;

    ReportStream(StreamObserver<ReportAck> acks) {
      this.acks = acks;
    }

    @Override
    public void onNext(UsageReport message) {
      if (failed) {
        return;
      }
      try {
        acks.onNext(commit(ProtoReports.toModel(message)));
      } catch (IllegalArgumentException e) {
        fail(Status.INVALID_ARGUMENT.withDescription(e.getMessage()));
      } catch (RuntimeException e) {
        LOG.atError()
            .setCause(e)
            .addKeyValue("node", message.getNode())
            .addKeyValue("seq", message.getSeq())
            .log("A usage report could not be committed; the node will repeat it.");
        fail(
            Status.UNAVAILABLE.withDescription(
                "The usage store cannot be reached; repeat the report"));
      }
    }

    private void fail(Status status) {
      failed = true;
      acks.onError(status.asRuntimeException());
    }

    @Override
    public void onError(Throwable broken) {
      LOG.atDebug().setCause(broken).log("A report stream broke off.");
    }

    @Override
    public void onCompleted() {
      if (!failed) {
        acks.onCompleted();
      }
    }
  }

  private ReportAck commit(NodeReport report) {
    ReportOutcome outcome = reports.commit(report);
    metrics.count(outcome);
    ReportAck.Builder ack =
        ReportAck.newBuilder().setJournalId(report.journalId()).setAckedSeq(outcome.ackedSeq());
    if (contradicts(report, outcome)) {
      ack.addQuarantined(report.seq());
    }
    return ack.build();
  }

  private static boolean contradicts(NodeReport report, ReportOutcome outcome) {
    return switch (outcome) {
      case ReportOutcome.Applied applied -> {
        applied
            .refused()
            .forEach(r -> warn(report).addKeyValue("reason", r.reason()).log(r.message()));
        yield !applied.refused().isEmpty();
      }
      case ReportOutcome.Repeated repeated -> false;
      case ReportOutcome.Contradicted contradicted -> {
        warn(report).log("A report came again with another content and is quarantined.");
        yield true;
      }
      case ReportOutcome.Gap gap -> {
        warn(report)
            .addKeyValue("ackedSeq", gap.ackedSeq())
            .log("Reports are missing before this one; it is not acknowledged.");
        yield false;
      }
    };
  }

  private static LoggingEventBuilder warn(NodeReport report) {
    return LOG.atWarn()
        .addKeyValue("node", report.node())
        .addKeyValue("journal", report.journalId())
        .addKeyValue("seq", report.seq());
  }
}
