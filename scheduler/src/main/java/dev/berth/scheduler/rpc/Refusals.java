package dev.berth.scheduler.rpc;

import dev.berth.api.common.v1.ReasonCode;
import dev.berth.scheduler.leadership.NotLeaderException;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import org.jspecify.annotations.Nullable;

/** Errors of calls: a gRPC status whose text starts with the reason code, also as a trailer. */
final class Refusals {
  static final Metadata.Key<String> REASON =
      Metadata.Key.of("berth-reason", Metadata.ASCII_STRING_MARSHALLER);

  private Refusals() {}

  static StatusRuntimeException notLeader(@Nullable String message) {
    return of(
        Status.UNAVAILABLE, ReasonCode.NOT_LEADER, message == null ? "Ask the leader." : message);
  }

  static StatusRuntimeException notFound(String id) {
    return of(
        Status.NOT_FOUND,
        ReasonCode.NOT_FOUND,
        "Placement " + id + " is unknown or fully released; Place it.");
  }

  static StatusRuntimeException busy() {
    return Status.RESOURCE_EXHAUSTED
        .withDescription("Other explanations and simulations are under way; try again.")
        .asRuntimeException();
  }

  static StatusRuntimeException badPlan(String why) {
    return of(Status.INVALID_ARGUMENT, ReasonCode.INVALID_SHAPE, why);
  }

  static StatusRuntimeException staleEpoch(long seen, long ours) {
    return of(
        Status.UNAVAILABLE,
        ReasonCode.STALE_EPOCH,
        "The agent has seen epoch %d, this leader has %d and stands anew; connect again."
            .formatted(seen, ours));
  }

  static StatusRuntimeException of(Status status, ReasonCode code, String message) {
    Metadata trailers = new Metadata();
    trailers.put(REASON, code.name());
    return status.withDescription(code.name() + ": " + message).asRuntimeException(trailers);
  }

  /** What a caller hears of an exception of ours. */
  static Throwable from(Throwable thrown) {
    Throwable cause =
        thrown.getCause() != null && thrown instanceof java.util.concurrent.CompletionException
            ? thrown.getCause()
            : thrown;
    return switch (cause) {
      case NotLeaderException notLeader -> notLeader(notLeader.getMessage());
      case StatusRuntimeException status -> status;
      default ->
          Status.INTERNAL
              .withDescription("Scheduler fault: " + cause)
              .withCause(cause)
              .asRuntimeException();
    };
  }
}
