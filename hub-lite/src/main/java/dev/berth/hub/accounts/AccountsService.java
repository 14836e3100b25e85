package dev.berth.hub.accounts;

import dev.berth.api.accounts.v1.AccountsGrpc;
import dev.berth.api.accounts.v1.GetTierReply;
import dev.berth.api.accounts.v1.GetTierRequest;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tiers over gRPC, for the operator. */
public final class AccountsService extends AccountsGrpc.AccountsImplBase {
  private static final Logger LOG = LoggerFactory.getLogger(AccountsService.class);
  private final Accounts accounts;

  public AccountsService(Accounts accounts) {
    this.accounts = accounts;
  }

  @Override
  public void getTier(GetTierRequest request, StreamObserver<GetTierReply> observer) {
    if (request.getAccount().isBlank()) {
      observer.onError(
          Status.INVALID_ARGUMENT.withDescription("expected an account").asRuntimeException());
      return;
    }
    try {
      String tier = accounts.tier(request.getAccount()).text();
      observer.onNext(GetTierReply.newBuilder().setTier(tier).build());
      observer.onCompleted();
    } catch (RuntimeException e) {
      LOG.atError().setCause(e).log("The tier of an account could not be read.");
      observer.onError(Status.UNAVAILABLE.withCause(e).asRuntimeException());
    }
  }
}
