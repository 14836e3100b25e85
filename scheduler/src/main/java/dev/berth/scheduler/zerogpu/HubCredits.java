package dev.berth.scheduler.zerogpu;

import dev.berth.api.turns.v1.ChargeReply;
import dev.berth.api.turns.v1.ChargeRequest;
import dev.berth.api.turns.v1.CreditsGrpc;
import dev.berth.api.turns.v1.ReserveReply;
import dev.berth.api.turns.v1.ReserveRequest;
import dev.berth.turns.quota.QuotaEffect;
import dev.berth.turns.quota.QuotaEvent;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Credits as the hub keeps them. A hub that does not answer in time leaves unknown what it did. */
public final class HubCredits implements CreditLedger, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HubCredits.class);
  private static final long PATIENCE_MILLIS = 1_500;
  private final ManagedChannel channel;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  public HubCredits(ManagedChannel channel) {
    this.channel = channel;
  }

  @Override
  public CompletableFuture<QuotaEvent.Reservation> reserve(QuotaEffect.Reserve reserve) {
    ReserveRequest request =
        ReserveRequest.newBuilder()
            .setDrawId(reserve.id())
            .setAccount(reserve.account())
            .setLeastMicroUsd(reserve.leastMicroUsd())
            .setMostMicroUsd(reserve.mostMicroUsd())
            .build();
    return answered(() -> read(calls().reserve(request)), new QuotaEvent.Reservation.Unknown());
  }

  private static QuotaEvent.Reservation read(ReserveReply reply) {
    return reply.getReservedMicroUsd() > 0
        ? new QuotaEvent.Reservation.Given(reply.getReservedMicroUsd())
        : new QuotaEvent.Reservation.Refused(reply.getPending());
  }

  @Override
  public CompletableFuture<Boolean> charge(QuotaEffect.Charge charge) {
    ChargeRequest request =
        ChargeRequest.newBuilder()
            .setDrawId(charge.id())
            .setAccount(charge.account())
            .setMicroUsd(charge.microUsd())
            .build();
    return answered(() -> calls().charge(request).equals(ChargeReply.getDefaultInstance()), false);
  }

  private CreditsGrpc.CreditsBlockingStub calls() {
    return CreditsGrpc.newBlockingStub(channel)
        .withDeadlineAfter(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
  }

  private <T> CompletableFuture<T> answered(Supplier<T> call, T otherwise) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return call.get();
          } catch (StatusRuntimeException e) {
            LOG.atWarn().addKeyValue("why", e).log("The hub did not answer about credits.");
            return otherwise;
          }
        },
        threads);
  }

  @Override
  public void close() {
    channel.shutdownNow();
    threads.shutdownNow();
  }
}
