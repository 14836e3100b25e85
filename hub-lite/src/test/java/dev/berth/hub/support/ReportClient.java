package dev.berth.hub.support;

import dev.berth.api.metering.v1.MeteringGrpc;
import dev.berth.api.metering.v1.ReportAck;
import dev.berth.api.metering.v1.UsageReport;
import io.grpc.Channel;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** One report stream that remembers what came back. */
public final class ReportClient implements StreamObserver<ReportAck> {
  private final List<ReportAck> acks = new CopyOnWriteArrayList<>();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final StreamObserver<UsageReport> reports;

  public ReportClient(Channel channel) {
    reports = MeteringGrpc.newStub(channel).report(this);
  }

  public void send(UsageReport.Builder report) {
    reports.onNext(report.build());
  }

  /** Sends and waits for the acknowledgement that answers it. */
  public ReportAck exchange(UsageReport.Builder report) {
    int before = acks.size();
    send(report);
    return awaitAcks(before + 1).getLast();
  }

  public List<ReportAck> awaitAcks(int count) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(5))
        .until(() -> acks.size() >= count || failure.get() != null);
    if (failure.get() != null) {
      throw new IllegalStateException("The stream failed", failure.get());
    }
    return acks;
  }

  public Throwable awaitFailure() {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(failure::get, found -> found != null);
  }

  @Override
  public void onNext(ReportAck ack) {
    acks.add(ack);
  }

  @Override
  public void onError(Throwable broken) {
    failure.set(broken);
  }

  @Override
  public void onCompleted() {}
}
