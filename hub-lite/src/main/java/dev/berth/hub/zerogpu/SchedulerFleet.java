package dev.berth.hub.zerogpu;

import dev.berth.api.turns.v1.ListLoadsRequest;
import dev.berth.api.turns.v1.ListQuotasRequest;
import dev.berth.api.turns.v1.LoadsGrpc;
import dev.berth.api.turns.v1.NodeLoad;
import dev.berth.api.turns.v1.QuotaGrpc;
import dev.berth.api.turns.v1.QuotaStatus;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Asks the leading scheduler. The page asks again by itself, so a failure is not told. */
public final class SchedulerFleet implements Fleet, AutoCloseable {
  private static final long PATIENCE_SECONDS = 2;

  /** About 600 nodes with 500 seats each. */
  private static final int MAX_BYTES = 64 << 20;

  private final ManagedChannel channel;

  public SchedulerFleet(ManagedChannel channel) {
    this.channel = channel;
  }

  @Override
  public Optional<List<NodeLoad>> loads() {
    try {
      return Optional.of(
          LoadsGrpc.newBlockingStub(channel)
              .withMaxInboundMessageSize(MAX_BYTES)
              .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS)
              .listLoads(ListLoadsRequest.getDefaultInstance())
              .getLoadsList());
    } catch (StatusRuntimeException e) {
      return Optional.empty();
    }
  }

  @Override
  public List<QuotaStatus> quotas() {
    try {
      return QuotaGrpc.newBlockingStub(channel)
          .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS)
          .listQuotas(ListQuotasRequest.getDefaultInstance())
          .getQuotasList();
    } catch (StatusRuntimeException e) {
      return List.of();
    }
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
