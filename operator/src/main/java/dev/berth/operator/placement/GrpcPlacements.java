package dev.berth.operator.placement;

import dev.berth.api.scheduler.v1.PlacementEvent;
import dev.berth.api.scheduler.v1.PublishFlavorsRequest;
import dev.berth.api.scheduler.v1.ReleaseRequest;
import dev.berth.api.scheduler.v1.ReleaseResponse;
import dev.berth.api.scheduler.v1.SchedulerGrpc;
import dev.berth.api.scheduler.v1.WatchRequest;
import dev.berth.operator.metrics.OperatorMetrics;
import dev.berth.operator.resolve.Catalog;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The scheduler over gRPC. */
public final class GrpcPlacements implements Placements {
  private static final Duration DEADLINE = Duration.ofSeconds(5);

  private final Channel channel;
  private final InstantSource clock;
  private final OperatorMetrics metrics;

  public GrpcPlacements(Channel channel, InstantSource clock, OperatorMetrics metrics) {
    this.channel = channel;
    this.clock = clock;
    this.metrics = metrics;
  }

  @Override
  public Placement place(PlacementRequest request) {
    return call(
        "place",
        () ->
            PlacementWire.outcome(
                request, stub().place(PlacementWire.request(request)), clock.instant()));
  }

  @Override
  public boolean release(String placementId) {
    ReleaseRequest request = ReleaseRequest.newBuilder().setPlacementId(placementId).build();
    ReleaseResponse response = call("release", () -> stub().release(request));
    return response.getState() != dev.berth.api.scheduler.v1.PlacementState.RELEASING;
  }

  @Override
  public void publish(List<Catalog.Entry> flavors) {
    PublishFlavorsRequest request =
        PublishFlavorsRequest.newBuilder()
            .addAllFlavors(flavors.stream().map(PlacementWire::flavor).toList())
            .build();
    call("publish_flavors", () -> stub().publishFlavors(request));
  }

  @Override
  public void watch(Listener listener) {
    listener.opened();
    call(
        "watch",
        () -> {
          Iterator<PlacementEvent> events =
              SchedulerGrpc.newBlockingStub(channel).watch(WatchRequest.getDefaultInstance());
          follow(events, listener);
          return true;
        });
  }

  private static void follow(Iterator<PlacementEvent> events, Listener listener) {
    List<Placement> snapshot = new ArrayList<>();
    while (events.hasNext()) {
      PlacementEvent event = events.next();
      if (event.getSnapshotEnd()) {
        listener.snapshot(snapshot);
      } else if (event.getSnapshot()) {
        PlacementWire.placement(event.getPlacement()).ifPresent(snapshot::add);
      } else {
        PlacementWire.placement(event.getPlacement()).ifPresent(p -> tell(event, p, listener));
      }
    }
  }

  private static void tell(PlacementEvent event, Placement placement, Listener listener) {
    if (PlacementWire.gone(event.getPlacement())) {
      listener.gone(placement.id());
    } else {
      listener.changed(placement);
    }
  }

  private SchedulerGrpc.SchedulerBlockingStub stub() {
    return SchedulerGrpc.newBlockingStub(channel)
        .withDeadlineAfter(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
  }

  private <T> T call(String name, Supplier<T> call) {
    try {
      T answer = call.get();
      metrics.schedulerCall(name, "ok");
      return answer;
    } catch (StatusRuntimeException e) {
      metrics.schedulerCall(name, e.getStatus().getCode().name());
      throw new SchedulerUnreachable(name + ": " + e.getStatus(), e);
    }
  }
}
