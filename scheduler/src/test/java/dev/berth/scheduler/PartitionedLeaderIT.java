package dev.berth.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.api.process.Channels;
import dev.berth.api.process.Tls;
import dev.berth.api.scheduler.v1.ListRequest;
import dev.berth.api.scheduler.v1.Placement;
import dev.berth.api.scheduler.v1.SchedulerGrpc;
import dev.berth.scheduler.PlaceLoad.Acknowledged;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.curator.test.InstanceSpec;
import org.apache.curator.test.TestingServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Real scheduler processes of which the leading one loses ZooKeeper, or sleeps, while clients ask
 * both: what a leader acknowledged stays, and a deposed one acknowledges nothing.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
class PartitionedLeaderIT {
  enum Fault {
    LINK_CUT,
    LINK_SILENT,
    PROCESS_STOPPED
  }

  private static final Duration LONG = Duration.ofSeconds(60);

  private record Member(String id, Link link, SchedulerJvm jvm, ManagedChannel direct) {}

  private TestingServer zookeeper;
  private List<Member> members;
  private ManagedChannel agents;
  private HeartbeatingAgent agent;

  @BeforeAll
  void startEverything(@TempDir Path dir) throws Exception {
    zookeeper = new TestingServer(new InstanceSpec(null, -1, -1, -1, true, -1, 500, 60), true);
    var tls = TestCertificates.create(dir);
    members = List.of(member("scheduler-0", dir, tls), member("scheduler-1", dir, tls));
    var addresses = members.stream().map(member -> member.jvm().address).toList();
    agents = Channels.toServing(addresses, "berth.agent.v1.NodeAgent", tls.client());
    agent = new HeartbeatingAgent("berth-0", agents, Messages.manyCores());
  }

  private Member member(String id, Path dir, Tls tls) throws Exception {
    var link = new Link(zookeeper.getPort());
    var jvm = new SchedulerJvm(dir, id, link.address(), tls);
    var direct =
        Grpc.newChannelBuilder(jvm.address, tls.client()).overrideAuthority("localhost").build();
    return new Member(id, link, jvm, direct);
  }

  @AfterAll
  void stopEverything() throws Exception {
    agent.close();
    agents.shutdownNow();
    for (var member : members) {
      member.direct().shutdownNow();
      member.jvm().close();
      member.link().close();
    }
    zookeeper.close();
  }

  @ParameterizedTest
  @EnumSource
  void whatADeposedLeaderAcknowledgesIsTrue(Fault fault) throws Exception {
    // Given
    var leader = awaitLeader();
    var loads =
        members.stream()
            .map(member -> new PlaceLoad(member.id(), fault.name(), member.direct()))
            .toList();
    var own = loads.get(members.indexOf(leader));
    var other = loads.get(1 - members.indexOf(leader));
    await().atMost(LONG).until(() -> own.acknowledged().size() >= 20);

    // When
    apply(fault, leader);
    await().atMost(LONG).until(() -> other.acknowledged().size() >= 20);
    undo(fault, leader);
    await().atMost(LONG).until(() -> "NOT_LEADER".equals(refusal(leader)));
    for (var load : loads) {
      load.close();
    }

    // Then
    var acknowledged = loads.stream().flatMap(load -> load.acknowledged().stream()).toList();
    System.out.printf(
        "%s: %d acknowledged, first answer of the next leader after %d ms%n",
        fault, acknowledged.size(), silence(own, other));
    assertThat(other.highestEpoch()).isGreaterThan(own.highestEpoch());
    assertThat(placed()).containsAll(acknowledged.stream().map(Acknowledged::id).toList());
    assertThat(acknowledged).noneMatch(late -> isStale(late, acknowledged));
    assertThat(members).allMatch(member -> member.jvm().alive());
  }

  private Member awaitLeader() {
    var serving = await().atMost(LONG).until(this::leader, Optional::isPresent);
    return serving.orElseThrow();
  }

  private Optional<Member> leader() {
    return members.stream().filter(member -> refusal(member).isEmpty()).findAny();
  }

  /** Asked after a later leader had answered, and answered all the same. */
  private static boolean isStale(Acknowledged late, List<Acknowledged> all) {
    return all.stream()
        .anyMatch(newer -> newer.epoch() > late.epoch() && newer.answered() < late.sent());
  }

  private static long silence(PlaceLoad before, PlaceLoad after) {
    long last = before.acknowledged().stream().mapToLong(Acknowledged::answered).max().orElse(0);
    long first = after.acknowledged().stream().mapToLong(Acknowledged::answered).min().orElse(0);
    return TimeUnit.NANOSECONDS.toMillis(first - last);
  }

  private static void apply(Fault fault, Member leader) throws Exception {
    switch (fault) {
      case LINK_CUT -> leader.link().cut();
      case LINK_SILENT -> leader.link().silence();
      case PROCESS_STOPPED -> leader.jvm().signal("STOP");
    }
  }

  private static void undo(Fault fault, Member leader) throws Exception {
    switch (fault) {
      case LINK_CUT, LINK_SILENT -> leader.link().heal();
      case PROCESS_STOPPED -> leader.jvm().signal("CONT");
    }
  }

  private List<String> placed() {
    var scheduler = SchedulerGrpc.newBlockingStub(awaitLeader().direct());
    return scheduler.list(ListRequest.getDefaultInstance()).getPlacementsList().stream()
        .map(Placement::getPlacementId)
        .toList();
  }

  /** The code before the colon, such as NOT_LEADER; empty if it answers. */
  private static String refusal(Member member) {
    try {
      var _ =
          SchedulerGrpc.newBlockingStub(member.direct())
              .withDeadlineAfter(2, TimeUnit.SECONDS)
              .list(ListRequest.getDefaultInstance());
      return "";
    } catch (StatusRuntimeException e) {
      return String.valueOf(e.getStatus().getDescription()).split(":", 2)[0];
    }
  }
}
