package dev.berth.operator.placement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.turns.v1.ListSeatsReply;
import dev.berth.api.turns.v1.ListSeatsRequest;
import dev.berth.api.turns.v1.LoadsGrpc;
import dev.berth.api.turns.v1.SpaceSeats;
import dev.berth.operator.metrics.OperatorMetrics;
import dev.berth.operator.workload.OwnerKey;
import dev.berth.operator.workload.WorkloadKind;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Advice on seats over real gRPC. */
@SuppressWarnings("NullAway.Init")
class GrpcSeatsIT {
  private static final OwnerKey DEMO = new OwnerKey(WorkloadKind.SPACE, "acme", "demo", "0a1b2c3d");
  private static final OwnerKey OTHER =
      new OwnerKey(WorkloadKind.SPACE, "acme", "other", "1a1b2c3d");

  private final Map<String, List<Integer>> advice = new TreeMap<>();
  private final List<OwnerKey> woken = new ArrayList<>();
  private boolean leads = true;
  private Server server;
  private ManagedChannel channel;
  private GrpcSeats seats;

  @BeforeEach
  void open() throws Exception {
    server =
        Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
            .addService(new Scheduler())
            .build()
            .start();
    channel =
        Grpc.newChannelBuilder("localhost:" + server.getPort(), InsecureChannelCredentials.create())
            .build();
    seats = new GrpcSeats(channel, woken::add, new OperatorMetrics(new PrometheusRegistry()));
  }

  @AfterEach
  void close() {
    channel.shutdownNow();
    server.shutdownNow();
  }

  @Test
  void nothingIsSaidBeforeTheFirstAnswer() {
    // Given
    leads = false;

    // When
    seats.run();

    // Then
    assertThat(seats.of(DEMO)).isEmpty();
  }

  @Test
  void whoseSeatsChangeIsWokenOnce() {
    // Given
    advice.put(DEMO.text(), List.of(0, 2));

    // When
    seats.run();
    seats.run();

    // Then
    assertThat(seats.of(DEMO)).hasValue(List.of(0, 2));
    assertThat(seats.of(OTHER)).hasValue(List.of(0));
    assertThat(woken).containsExactly(DEMO);

    // When it is back to one
    advice.clear();
    seats.run();

    // Then
    assertThat(seats.of(DEMO)).hasValue(List.of(0));
    assertThat(woken).containsExactly(DEMO, DEMO);
  }

  @Test
  void whatWasHeardLastHoldsWhileNobodyLeads() {
    // Given
    advice.put(DEMO.text(), List.of(1));
    seats.run();

    // When
    leads = false;
    seats.run();

    // Then
    assertThat(seats.of(DEMO)).hasValue(List.of(1));
  }

  private final class Scheduler extends LoadsGrpc.LoadsImplBase {
    @Override
    public void listSeats(ListSeatsRequest request, StreamObserver<ListSeatsReply> observer) {
      if (!leads) {
        observer.onError(Status.UNAVAILABLE.asRuntimeException());
        return;
      }
      ListSeatsReply.Builder reply = ListSeatsReply.newBuilder();
      advice.forEach(
          (owner, slots) ->
              reply.addSpaces(SpaceSeats.newBuilder().setOwner(owner).addAllSlots(slots)));
      observer.onNext(reply.build());
      observer.onCompleted();
    }
  }
}
