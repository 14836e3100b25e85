package dev.berth.hub.credits;

import dev.berth.api.turns.v1.ChargeReply;
import dev.berth.api.turns.v1.ChargeRequest;
import dev.berth.api.turns.v1.CreditsGrpc;
import dev.berth.api.turns.v1.ReserveReply;
import dev.berth.api.turns.v1.ReserveRequest;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Credits over gRPC, for the leading scheduler. */
public final class CreditsService extends CreditsGrpc.CreditsImplBase {
  private static final Logger LOG = LoggerFactory.getLogger(CreditsService.class);
  private final Credits credits;

  public CreditsService(Credits credits) {
    this.credits = credits;
  }

  @Override
  public void reserve(ReserveRequest request, StreamObserver<ReserveReply> observer) {
    answer(
        observer,
        () -> {
          require(
              request.getLeastMicroUsd() >= 1
                  && request.getMostMicroUsd() >= request.getLeastMicroUsd(),
              "expected 1 <= least_micro_usd <= most_micro_usd");
          requireNames(request.getDrawId(), request.getAccount());
          Reservation reservation =
              credits.reserve(
                  request.getDrawId(),
                  request.getAccount(),
                  request.getLeastMicroUsd(),
                  request.getMostMicroUsd());
          return ReserveReply.newBuilder()
              .setReservedMicroUsd(reservation.microUsd())
              .setPending(reservation.pending())
              .build();
        });
  }

  @Override
  public void charge(ChargeRequest request, StreamObserver<ChargeReply> observer) {
    answer(
        observer,
        () -> {
          require(request.getMicroUsd() >= 0, "expected micro_usd >= 0");
          requireNames(request.getDrawId(), request.getAccount());
          credits.charge(request.getDrawId(), request.getAccount(), request.getMicroUsd());
          return ChargeReply.getDefaultInstance();
        });
  }

  private static void requireNames(String draw, String account) {
    require(!draw.isBlank() && !account.isBlank(), "expected a draw_id and an account");
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw Status.INVALID_ARGUMENT.withDescription(message).asRuntimeException();
    }
  }

  private static <T> void answer(StreamObserver<T> observer, Supplier<T> reply) {
    try {
      observer.onNext(reply.get());
      observer.onCompleted();
    } catch (Credits.ContradictionException e) {
      LOG.atError().addKeyValue("why", e.getMessage()).log("A draw contradicts the ledger.");
      observer.onError(
          Status.FAILED_PRECONDITION.withDescription(e.getMessage()).asRuntimeException());
    } catch (io.grpc.StatusRuntimeException e) {
      observer.onError(e);
    } catch (RuntimeException e) {
      LOG.atError().setCause(e).log("The ledger could not answer.");
      observer.onError(Status.UNAVAILABLE.withCause(e).asRuntimeException());
    }
  }
}
