package dev.berth.hub.zerogpu;

import dev.berth.api.turns.v1.GetQuotaRequest;
import dev.berth.api.turns.v1.QuotaGrpc;
import dev.berth.api.turns.v1.QuotaStatus;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the leading scheduler. */
public final class SchedulerQuotas implements Quotas, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SchedulerQuotas.class);
  private static final long PATIENCE_SECONDS = 5;
  private final ManagedChannel channel;

  public SchedulerQuotas(ManagedChannel channel) {
    this.channel = channel;
  }

  @Override
  public Optional<QuotaStatus> of(String account, String tier) {
    try {
      return Optional.of(
          QuotaGrpc.newBlockingStub(channel)
              .withWaitForReady()
              .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS)
              .getQuota(GetQuotaRequest.newBuilder().setVisitor(account).setTier(tier).build()));
    } catch (StatusRuntimeException e) {
      LOG.atWarn().addKeyValue("why", e).log("No scheduler told a quota.");
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
