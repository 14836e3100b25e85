package dev.berth.scheduler.rpc;

import dev.berth.api.scheduler.v1.CapacityRequest;
import dev.berth.api.scheduler.v1.CapacityResponse;
import dev.berth.api.scheduler.v1.ExplainRequest;
import dev.berth.api.scheduler.v1.ExplainResponse;
import dev.berth.api.scheduler.v1.GetRequest;
import dev.berth.api.scheduler.v1.ListFlavorsRequest;
import dev.berth.api.scheduler.v1.ListFlavorsResponse;
import dev.berth.api.scheduler.v1.ListQuotasRequest;
import dev.berth.api.scheduler.v1.ListQuotasResponse;
import dev.berth.api.scheduler.v1.ListRequest;
import dev.berth.api.scheduler.v1.ListResponse;
import dev.berth.api.scheduler.v1.PlaceRequest;
import dev.berth.api.scheduler.v1.PlaceResponse;
import dev.berth.api.scheduler.v1.Placement;
import dev.berth.api.scheduler.v1.PlacementEvent;
import dev.berth.api.scheduler.v1.PlacementState;
import dev.berth.api.scheduler.v1.PlanDefragmentationRequest;
import dev.berth.api.scheduler.v1.PlanDefragmentationResponse;
import dev.berth.api.scheduler.v1.PublishFlavorsRequest;
import dev.berth.api.scheduler.v1.PublishFlavorsResponse;
import dev.berth.api.scheduler.v1.PublishQuotasRequest;
import dev.berth.api.scheduler.v1.PublishQuotasResponse;
import dev.berth.api.scheduler.v1.ReleaseRequest;
import dev.berth.api.scheduler.v1.ReleaseResponse;
import dev.berth.api.scheduler.v1.ReserveMovesRequest;
import dev.berth.api.scheduler.v1.ReserveMovesResponse;
import dev.berth.api.scheduler.v1.SchedulerGrpc;
import dev.berth.api.scheduler.v1.WatchRequest;
import dev.berth.scheduler.core.Effect;
import dev.berth.scheduler.core.Event;
import dev.berth.scheduler.core.State;
import dev.berth.scheduler.leadership.ActiveTerm;
import dev.berth.scheduler.leadership.DecisionLoop;
import dev.berth.scheduler.wire.Capacities;
import dev.berth.scheduler.wire.Moves;
import dev.berth.scheduler.wire.Outcomes;
import dev.berth.scheduler.wire.Shapes;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** The Scheduler service: decisions go through the deciding thread, reads through its snapshot. */
public final class SchedulerService extends SchedulerGrpc.SchedulerImplBase {
  private final ActiveTerm active;
  private final WatchHub watches;
  private final Analyses analyses;
  private final Function<String, List<String>> preferred;

  /** {@code preferred} gives the nodes that a placement should be on if it fits there. */
  public SchedulerService(
      ActiveTerm active,
      WatchHub watches,
      Analyses analyses,
      Function<String, List<String>> preferred) {
    this.active = active;
    this.watches = watches;
    this.analyses = analyses;
    this.preferred = preferred;
  }

  @Override
  public void place(PlaceRequest request, StreamObserver<PlaceResponse> observer) {
    decide(
        new Event.Place(Shapes.read(request), preferred.apply(request.getPlacementId())),
        Effect.PlaceAnswered.class,
        answered -> Outcomes.write(answered.outcome()),
        observer);
  }

  @Override
  public void release(ReleaseRequest request, StreamObserver<ReleaseResponse> observer) {
    decide(
        new Event.Release(request.getPlacementId()),
        Effect.ReleaseAnswered.class,
        answered ->
            ReleaseResponse.newBuilder()
                .setState(answered.gone() ? PlacementState.RELEASED : PlacementState.RELEASING)
                .build(),
        observer);
  }

  @Override
  public void publishFlavors(
      PublishFlavorsRequest request, StreamObserver<PublishFlavorsResponse> observer) {
    decide(
        new Event.PublishFlavors(request.getFlavorsList().stream().map(Shapes::read).toList()),
        Effect.FlavorsSaved.class,
        saved -> PublishFlavorsResponse.newBuilder().setCount(saved.flavors().size()).build(),
        observer);
  }

  @Override
  public void publishQuotas(
      PublishQuotasRequest request, StreamObserver<PublishQuotasResponse> observer) {
    decide(
        () -> QuotaReads.event(request),
        Effect.QuotasSaved.class,
        saved -> PublishQuotasResponse.newBuilder().setCount(saved.quotas().nodes().size()).build(),
        observer);
  }

  @Override
  public void listQuotas(ListQuotasRequest request, StreamObserver<ListQuotasResponse> observer) {
    read(observer, state -> QuotaReads.list(state, analyses.now()));
  }

  @Override
  public void get(GetRequest request, StreamObserver<Placement> observer) {
    read(observer, state -> Reads.get(state, request.getPlacementId(), analyses.positions()));
  }

  @Override
  public void list(ListRequest request, StreamObserver<ListResponse> observer) {
    read(observer, state -> Reads.list(state, request, analyses.positions()));
  }

  @Override
  public void explain(ExplainRequest request, StreamObserver<ExplainResponse> observer) {
    analyses.answer(
        observer, (scheduler, state, now) -> Reads.explain(scheduler, state, request, now));
  }

  @Override
  public void listFlavors(
      ListFlavorsRequest request, StreamObserver<ListFlavorsResponse> observer) {
    read(observer, Reads::flavors);
  }

  @Override
  public void capacity(CapacityRequest request, StreamObserver<CapacityResponse> observer) {
    read(observer, Capacities::write);
  }

  @Override
  public void planDefragmentation(
      PlanDefragmentationRequest request, StreamObserver<PlanDefragmentationResponse> observer) {
    analyses.answer(observer, (scheduler, state, now) -> Defragmentation.plan(state, request, now));
  }

  @Override
  public void reserveMoves(
      ReserveMovesRequest request, StreamObserver<ReserveMovesResponse> observer) {
    try {
      Event event = new Event.ReserveMoves(Moves.read(request.getMovesList()));
      observer.onNext(Defragmentation.reserved(active.leading().submit(event).join()));
      observer.onCompleted();
    } catch (RuntimeException e) {
      observer.onError(Refusals.from(e));
    }
  }

  @Override
  public void watch(WatchRequest request, StreamObserver<PlacementEvent> observer) {
    try {
      DecisionLoop decisions = active.leading();
      ServerCallStreamObserver<PlacementEvent> call =
          (ServerCallStreamObserver<PlacementEvent>) observer;
      Subscriber subscriber = new Subscriber(call, request.getIdPrefix());
      call.setOnReadyHandler(subscriber::drain);
      call.setOnCancelHandler(() -> watches.remove(subscriber));
      decisions
          .between(() -> watches.add(subscriber, decisions.state()))
          .exceptionally(
              thrown -> {
                subscriber.end(Refusals.from(thrown));
                return List.of();
              });
    } catch (RuntimeException e) {
      observer.onError(Refusals.from(e));
    }
  }

  private <E extends Effect, R> void decide(
      Event event, Class<E> answer, Function<E, R> translate, StreamObserver<R> observer) {
    decide(() -> event, answer, translate, observer);
  }

  private <E extends Effect, R> void decide(
      Supplier<Event> event,
      Class<E> answer,
      Function<E, R> translate,
      StreamObserver<R> observer) {
    try {
      R response =
          active.leading().submit(event.get()).join().stream()
              .filter(answer::isInstance)
              .map(answer::cast)
              .findFirst()
              .map(translate)
              .orElseThrow();
      observer.onNext(response);
      observer.onCompleted();
    } catch (RuntimeException e) {
      observer.onError(Refusals.from(e));
    }
  }

  private <R> void read(StreamObserver<R> observer, Function<State, R> query) {
    try {
      observer.onNext(query.apply(active.leading().state()));
      observer.onCompleted();
    } catch (RuntimeException e) {
      observer.onError(Refusals.from(e));
    }
  }
}
