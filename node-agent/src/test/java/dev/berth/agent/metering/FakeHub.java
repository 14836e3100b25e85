package dev.berth.agent.metering;

import dev.berth.api.metering.v1.MeteringGrpc;
import dev.berth.api.metering.v1.ReportAck;
import dev.berth.api.metering.v1.UsageReport;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** A hub that commits reports and may lose the acknowledgement or break the stream. */
final class FakeHub extends MeteringGrpc.MeteringImplBase implements AutoCloseable {
  /** What happens to the acknowledgement of one report. */
  enum Fate {
    ACK,
    LOSE_ACK,
    BREAK_STREAM
  }

  final Map<String, UsageReport> committed = new ConcurrentHashMap<>();
  final List<UsageReport> received = new CopyOnWriteArrayList<>();
  final List<String> violations = new CopyOnWriteArrayList<>();
  volatile java.util.function.Function<UsageReport, Fate> fate = r -> Fate.ACK;
  volatile long extraAck;
  private final Server server;

  FakeHub() throws IOException {
    server =
        Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
            .addService(this)
            .build()
            .start();
  }

  int port() {
    return server.getPort();
  }

  @Override
  public StreamObserver<UsageReport> report(StreamObserver<ReportAck> acks) {
    return new StreamObserver<>() {
      @Override
      public void onNext(UsageReport report) {
        commit(report);
        switch (fate.apply(report)) {
          case ACK -> acks.onNext(ack(report));
          case LOSE_ACK -> {}
          case BREAK_STREAM -> acks.onError(Status.UNAVAILABLE.asRuntimeException());
        }
      }

      @Override
      public void onError(Throwable t) {}

      @Override
      public void onCompleted() {
        acks.onCompleted();
      }
    };
  }

  /** As the real one: a report that leaves a gap is not committed. */
  private synchronized void commit(UsageReport report) {
    received.add(report);
    if (report.getSeq() > acked(report) + 1) {
      return;
    }
    UsageReport before = committed.putIfAbsent(key(report, report.getSeq()), report);
    if (before != null && !before.equals(report)) {
      violations.add("seq " + report.getSeq() + " came with another content");
    }
  }

  private static String key(UsageReport report, long seq) {
    return report.getJournalId() + "/" + seq;
  }

  private ReportAck ack(UsageReport report) {
    return ReportAck.newBuilder()
        .setJournalId(report.getJournalId())
        .setAckedSeq(acked(report) + extraAck)
        .build();
  }

  /** Without gaps from 1, of this report's journal. */
  private long acked(UsageReport report) {
    long seq = 0;
    while (committed.containsKey(key(report, seq + 1))) {
      seq++;
    }
    return seq;
  }

  boolean saw(Predicate<UsageReport> wanted) {
    return received.stream().anyMatch(wanted);
  }

  @Override
  public void close() {
    server.shutdownNow();
  }
}
