package dev.berth.scheduler.rpc;

import dev.berth.api.turns.v1.ListLoadsReply;
import dev.berth.api.turns.v1.ListLoadsRequest;
import dev.berth.api.turns.v1.ListSeatsReply;
import dev.berth.api.turns.v1.ListSeatsRequest;
import dev.berth.api.turns.v1.LoadsGrpc;
import dev.berth.api.turns.v1.NodeLoad;
import dev.berth.api.turns.v1.ReportReply;
import dev.berth.api.turns.v1.SpaceSeats;
import dev.berth.scheduler.core.State;
import dev.berth.scheduler.leadership.ActiveTerm;
import dev.berth.scheduler.zerogpu.LoadBoard;
import dev.berth.scheduler.zerogpu.SeatTerms;
import dev.berth.turns.seats.SeatAdvice;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Loads of nodes and advice on seats over gRPC, from memory; by the leader alone. */
public final class LoadsService extends LoadsGrpc.LoadsImplBase {
  private static final int MOST_SEATS = 4096;
  private static final int MOST_TURNS = 256;

  private final ActiveTerm active;
  private final LoadBoard board;
  private final SeatTerms seats;
  private final LongSupplier clock;

  public LoadsService(ActiveTerm active, LoadBoard board, SeatTerms seats, LongSupplier clock) {
    this.active = active;
    this.board = board;
    this.seats = seats;
    this.clock = clock;
  }

  @Override
  public void report(NodeLoad load, StreamObserver<ReportReply> observer) {
    answer(
        observer,
        () -> {
          check(active.leading().state(), load);
          board.heard(load, clock.getAsLong());
          return ReportReply.getDefaultInstance();
        });
  }

  /** What is kept is bounded by the nodes that the scheduler knows. */
  private static void check(State state, NodeLoad load) {
    if (!state.nodes().containsKey(load.getNode())) {
      throw Status.FAILED_PRECONDITION
          .withDescription("Node '" + load.getNode() + "' is not registered; report again later.")
          .asRuntimeException();
    }
    if (load.getSeatsCount() > MOST_SEATS
        || load.getTurnsCount() > MOST_TURNS
        || load.getWaitingCount() > MOST_TURNS) {
      throw Status.INVALID_ARGUMENT
          .withDescription(
              "Load of '%s': expected at most %d seats, %d turns and %d that wait, got %d, %d, %d."
                  .formatted(
                      load.getNode(),
                      MOST_SEATS,
                      MOST_TURNS,
                      MOST_TURNS,
                      load.getSeatsCount(),
                      load.getTurnsCount(),
                      load.getWaitingCount()))
          .asRuntimeException();
    }
  }

  @Override
  public void listLoads(ListLoadsRequest request, StreamObserver<ListLoadsReply> observer) {
    answer(
        observer,
        () -> {
          active.leading();
          return ListLoadsReply.newBuilder().addAllLoads(board.list(clock.getAsLong())).build();
        });
  }

  @Override
  public void listSeats(ListSeatsRequest request, StreamObserver<ListSeatsReply> observer) {
    answer(
        observer,
        () -> {
          active.leading();
          return reply(seats.advised().orElseThrow(LoadsService::early));
        });
  }

  private static RuntimeException early() {
    return Status.UNAVAILABLE
        .withDescription("The leader has not looked at the seats yet; ask again.")
        .asRuntimeException();
  }

  private static ListSeatsReply reply(SeatTerms.Advised advised) {
    ListSeatsReply.Builder reply = ListSeatsReply.newBuilder();
    advised
        .advice()
        .forEach(
            (owner, advice) -> {
              if (!advice.slots().equals(Set.of(0))) {
                reply.addSpaces(space(owner, advice));
              }
            });
    return reply.build();
  }

  private static SpaceSeats space(String owner, SeatAdvice advice) {
    return SpaceSeats.newBuilder().setOwner(owner).addAllSlots(advice.slots()).build();
  }

  private static <T> void answer(StreamObserver<T> observer, Supplier<T> reply) {
    try {
      observer.onNext(reply.get());
      observer.onCompleted();
    } catch (RuntimeException e) {
      observer.onError(Refusals.from(e));
    }
  }
}
