package dev.berth.e2e.zerogpu;

import dev.berth.api.process.Channels;
import dev.berth.api.turns.v1.GetQuotaPolicyRequest;
import dev.berth.api.turns.v1.ListQuotasRequest;
import dev.berth.api.turns.v1.QuotaGrpc;
import dev.berth.api.turns.v1.QuotaPolicy;
import dev.berth.api.turns.v1.QuotaStatus;
import dev.berth.e2e.client.Schedulers;
import io.grpc.ManagedChannel;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Reads from the leading scheduler what visitors have used of their quotas. */
public final class Quotas implements AutoCloseable {
  private static final long TIMEOUT_SECONDS = 10;

  private final ManagedChannel channel;

  public Quotas(Schedulers schedulers) {
    this.channel =
        Channels.toServing(schedulers.list(), "berth.turns.v1.Quota", schedulers.tls().client());
  }

  /** Everybody with something used or drawn, by name. */
  public List<QuotaStatus> read() {
    return QuotaGrpc.newBlockingStub(channel)
        .withWaitForReady()
        .withDeadlineAfter(TIMEOUT_SECONDS, TimeUnit.SECONDS)
        .listQuotas(ListQuotasRequest.getDefaultInstance())
        .getQuotasList();
  }

  /** The rules, as the scheduler is configured. */
  public QuotaPolicy policy() {
    return QuotaGrpc.newBlockingStub(channel)
        .withWaitForReady()
        .withDeadlineAfter(TIMEOUT_SECONDS, TimeUnit.SECONDS)
        .getQuotaPolicy(GetQuotaPolicyRequest.getDefaultInstance());
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
