package dev.berth.e2e.scenario;

import dev.berth.api.process.Channels;
import dev.berth.api.scheduler.v1.Lease;
import dev.berth.api.scheduler.v1.ListRequest;
import dev.berth.api.scheduler.v1.Move;
import dev.berth.api.scheduler.v1.Placement;
import dev.berth.api.scheduler.v1.PlacementState;
import dev.berth.api.scheduler.v1.ReserveMovesRequest;
import dev.berth.api.scheduler.v1.ReserveMovesResponse;
import dev.berth.api.scheduler.v1.SchedulerGrpc;
import dev.berth.api.scheduler.v1.SchedulerGrpc.SchedulerBlockingStub;
import dev.berth.e2e.client.Schedulers;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Asks the leading scheduler what only administrators ask. */
record SchedulerAdmin(Schedulers schedulers) {

  /** All that is placed for an owner, as in "Space acme/demo". */
  List<Placement> placed(String owner) {
    return ask(s -> s.list(ListRequest.getDefaultInstance())).getPlacementsList().stream()
        .filter(p -> p.getState() == PlacementState.PLACED && p.getOwner().equals(owner))
        .toList();
  }

  /** Reserves card {@code to} as the target of the only member of a placement. */
  ReserveMovesResponse reserveMove(Placement placement, int to) {
    Lease from = placement.getLeases(0);
    Lease.Builder target = from.toBuilder();
    target.getDevicesBuilder(0).setName("gpu-" + to);
    Move move =
        Move.newBuilder()
            .setPlacementId(placement.getPlacementId())
            .setFrom(from)
            .setTo(target)
            .build();
    return ask(s -> s.reserveMoves(ReserveMovesRequest.newBuilder().addMoves(move).build()));
  }

  private <T> T ask(Function<SchedulerBlockingStub, T> question) {
    var channel =
        Channels.toServing(
            schedulers.list(), SchedulerGrpc.SERVICE_NAME, schedulers.tls().client());
    try {
      return question.apply(
          SchedulerGrpc.newBlockingStub(channel)
              .withWaitForReady()
              .withDeadlineAfter(10, TimeUnit.SECONDS));
    } finally {
      channel.shutdownNow();
    }
  }
}
