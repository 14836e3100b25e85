package dev.berth.agent.turns.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.agent.devices.simulated.SimulatedBackend;
import dev.berth.agent.turns.devices.LentCards;
import dev.berth.agent.turns.devices.SharedDevices;
import dev.berth.agent.turns.load.LoadMessages;
import dev.berth.agent.turns.load.LoadReporter;
import dev.berth.api.turns.v1.LoadsGrpc;
import dev.berth.api.turns.v1.NodeLoad;
import dev.berth.api.turns.v1.ReportReply;
import dev.berth.api.turns.v1.SeatLoad;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a node with one card and two calls tells the scheduler. */
class LoadReportIT {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final String SPACE = "ann/painter";

  @TempDir Path dir;

  @Test
  void aReportSaysWhoRunsAndWhoWaitsAndGoesOnAfterARefusal() throws Exception {
    // Given
    BlockingQueue<NodeLoad> heard = new LinkedBlockingQueue<>();
    AtomicBoolean leads = new AtomicBoolean();
    Server scheduler = scheduler(heard, leads);
    ManagedChannel channel =
        Grpc.newChannelBuilder(
                "localhost:" + scheduler.getPort(), InsecureChannelCredentials.create())
            .build();
    try (NodeUnderTest node = new NodeUnderTest(dir, 1, Duration.ofSeconds(120));
        SimulatedBackend cards = cards();
        HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        LoadReporter reporter =
            LoadReporter.start(
                channel,
                () ->
                    LoadMessages.of(
                        "n1",
                        node.engine.state(),
                        node.engine.now(),
                        new SharedDevices(
                            cards, List.of("gpu-0"), LentCards.none(), card -> false)))) {
      assertThat(reporter).isNotNull();
      String url = node.seat(SPACE);

      // When one call runs, a second waits, and a scheduler begins to lead
      assertThat(http.send(schedule(url), HttpResponse.BodyHandlers.ofString()).statusCode())
          .isEqualTo(200);
      CompletableFuture<HttpResponse<String>> second =
          http.sendAsync(schedule(url), HttpResponse.BodyHandlers.ofString());
      leads.set(true);

      // Then
      await().atMost(LONG).until(() -> waiting(heard.poll(10, TimeUnit.SECONDS)));
      second.cancel(true);
    } finally {
      channel.shutdownNow();
      scheduler.shutdownNow();
    }
  }

  private static boolean waiting(NodeLoad load) {
    assertThat(load.getNode()).isEqualTo("n1");
    assertThat(load.getDevicesList()).singleElement().matches(d -> d.getName().equals("gpu-0"));
    if (load.getWaitingCount() == 0 || load.getTurnsCount() == 0) {
      return false;
    }
    SeatLoad seat = load.getSeatsList().getFirst();
    assertThat(seat.getSpace()).isEqualTo(SPACE);
    assertThat(seat.getLeaseId()).isEqualTo("lease-ann-painter-secret");
    assertThat(seat.getRunning()).isEqualTo(1);
    assertThat(seat.getWaitsNode() + seat.getWaitsConcurrency()).isEqualTo(1);
    assertThat(seat.getDemandMilli()).isPositive();
    assertThat(load.getTurns(0).getTurn()).hasSize(8);
    assertThat(load.getTurns(0).getDevicesList()).containsExactly("gpu-0");
    assertThat(load.getWaiting(0).getReason()).isIn("node", "concurrency");
    assertThat(load.getWaitNanos()).isPositive();
    return true;
  }

  private SimulatedBackend cards() throws Exception {
    Path yaml = Files.writeString(dir.resolve("n.yaml"), "cards: [{model: H200-141, count: 1}]\n");
    return new SimulatedBackend("n1", yaml, 0, dir.resolve("mig.json"), "b", Set::of);
  }

  private static HttpRequest schedule(String url) {
    String cgroup =
        URLEncoder.encode("/berth/seat/lease-ann-painter-secret", StandardCharsets.UTF_8);
    return HttpRequest.newBuilder(
            URI.create(
                url
                    + "/schedule?cgroupPath="
                    + cgroup
                    + "&taskId=7&enableQueue=true&tokenVersion=2&durationSeconds=60"))
        .POST(HttpRequest.BodyPublishers.noBody())
        .build();
  }

  private static Server scheduler(BlockingQueue<NodeLoad> heard, AtomicBoolean leads)
      throws Exception {
    return Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
        .addService(
            new LoadsGrpc.LoadsImplBase() {
              @Override
              public void report(NodeLoad load, StreamObserver<ReportReply> observer) {
                if (!leads.get()) {
                  observer.onError(Status.UNAVAILABLE.asRuntimeException());
                  return;
                }
                heard.add(load);
                observer.onNext(ReportReply.getDefaultInstance());
                observer.onCompleted();
              }
            })
        .build()
        .start();
  }
}
