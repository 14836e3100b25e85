package dev.berth.e2e.bench;

import dev.berth.api.common.v1.Shape;
import dev.berth.api.process.Channels;
import dev.berth.api.process.Tls;
import dev.berth.api.scheduler.v1.ListRequest;
import dev.berth.api.scheduler.v1.Member;
import dev.berth.api.scheduler.v1.PlaceRequest;
import dev.berth.api.scheduler.v1.ReleaseRequest;
import dev.berth.api.scheduler.v1.SchedulerGrpc;
import dev.berth.e2e.client.Leader;
import dev.berth.e2e.process.Pause;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** kill -9 of the leading scheduler while placements are asked for, until the next decision. */
final class Failover {
  private static final Duration RETRY = Duration.ofMillis(5);

  private final List<String> addresses;
  private final Tls tls;
  private final Leader leader;

  Failover(List<String> addresses, Tls tls, Leader leader) {
    this.addresses = addresses;
    this.tls = tls;
    this.leader = leader;
  }

  Figures measure(int rounds) {
    ManagedChannel channel =
        Channels.toServing(addresses, SchedulerGrpc.SERVICE_NAME, tls.client());
    try {
      var samples = IntStream.range(0, rounds).mapToObj(r -> once(channel, r)).toList();
      return new Figures("Scheduler kill -9 to next decision", "p99 <= 3 s", samples);
    } finally {
      giveBack(channel);
      channel.shutdownNow();
    }
  }

  /** Decisions whose answer was lost with a leader are placements too. */
  private static void giveBack(ManagedChannel channel) {
    var scheduler =
        SchedulerGrpc.newBlockingStub(channel)
            .withWaitForReady()
            .withDeadlineAfter(30, TimeUnit.SECONDS);
    scheduler
        .list(ListRequest.newBuilder().setAccount("bench").build())
        .getPlacementsList()
        .forEach(
            placement ->
                scheduler.release(
                    ReleaseRequest.newBuilder()
                        .setPlacementId(placement.getPlacementId())
                        .build()));
  }

  private Duration once(ManagedChannel channel, int round) {
    for (int i = 0; i < 20; i++) {
      decide(channel, round, i);
    }
    leader.kill();
    long killed = System.nanoTime();
    for (int i = 20; !decide(channel, round, i); i++) {
      Pause.of(RETRY);
    }
    var elapsed = Duration.ofNanos(System.nanoTime() - killed);
    leader.awaitStandby();
    return elapsed;
  }

  /** One durable decision on a sliver of processor, and its release. */
  private static boolean decide(ManagedChannel channel, int round, int i) {
    var id = "bench/failover/%d/%d/%d".formatted(ProcessHandle.current().pid(), round, i);
    var scheduler =
        SchedulerGrpc.newBlockingStub(channel).withDeadlineAfter(200, TimeUnit.MILLISECONDS);
    try {
      var answer = scheduler.place(request(id));
      scheduler.release(ReleaseRequest.newBuilder().setPlacementId(id).build());
      return answer.hasPlaced();
    } catch (StatusRuntimeException e) {
      return false;
    }
  }

  private static PlaceRequest request(String id) {
    return PlaceRequest.newBuilder()
        .setPlacementId(id)
        .addMembers(Member.newBuilder().setShape(Shape.newBuilder().setCpuMilli(1).build()))
        .setAccount("bench")
        .setOwner("bench")
        .setFlavor("cpu-basic")
        .build();
  }
}
