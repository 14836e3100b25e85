package dev.berth.scheduler.zerogpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.api.common.v1.Seat;
import dev.berth.api.common.v1.Shape;
import dev.berth.api.process.HostPort;
import dev.berth.api.scheduler.v1.Member;
import dev.berth.api.scheduler.v1.PlaceRequest;
import dev.berth.api.scheduler.v1.SchedulerGrpc;
import dev.berth.api.turns.v1.ListLoadsRequest;
import dev.berth.api.turns.v1.ListSeatsRequest;
import dev.berth.api.turns.v1.LoadsGrpc;
import dev.berth.api.turns.v1.NodeLoad;
import dev.berth.api.turns.v1.SeatLoad;
import dev.berth.api.turns.v1.SpaceSeats;
import dev.berth.scheduler.core.Event;
import dev.berth.scheduler.core.Scheduler;
import dev.berth.scheduler.core.State;
import dev.berth.scheduler.core.model.Inventory;
import dev.berth.scheduler.core.model.Location;
import dev.berth.scheduler.core.model.Placement;
import dev.berth.scheduler.core.model.TurnDevice;
import dev.berth.scheduler.leadership.ActiveTerm;
import dev.berth.scheduler.leadership.DecisionLoop;
import dev.berth.scheduler.leadership.Window;
import dev.berth.scheduler.rpc.Analyses;
import dev.berth.scheduler.rpc.GrpcEndpoint;
import dev.berth.scheduler.rpc.LoadsService;
import dev.berth.scheduler.rpc.SchedulerService;
import dev.berth.scheduler.rpc.WatchHub;
import dev.berth.scheduler.store.InMemoryPlacementStore;
import dev.berth.scheduler.store.Term;
import dev.berth.turns.seats.SeatPolicy;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reports and advice over real gRPC, decisions by the real loop; time is the test's. */
@SuppressWarnings("NullAway.Init")
class SeatsIT {
  private static final long SECOND = 1_000_000_000L;
  private static final String FIRST = "space/acme/demo/0a1b2c3d/r1/0.n1";
  private static final String SECOND_SEAT = "space/acme/demo/0a1b2c3d/r1/1.n2";
  private static final long HOT = 800;
  private static final long COLD = 0;

  private final AtomicLong time = new AtomicLong(1_000_000 * SECOND);
  private final InMemoryPlacementStore store = new InMemoryPlacementStore();
  private final ActiveTerm active = new ActiveTerm();
  private final LoadBoard board = new LoadBoard();
  private final SeatTerms seats =
      new SeatTerms(SeatPolicy.LIVE, board, time::get, (before, after) -> {});
  private Analyses analyses;
  private GrpcEndpoint endpoint;
  private ManagedChannel channel;

  @BeforeEach
  void open() {
    active.addListener(seats);
    analyses = new Analyses(active, new Scheduler(3600 * SECOND), time::get);
    WatchHub watches = new WatchHub(time::get, SECOND, new Scheduler(3600 * SECOND).order());
    endpoint =
        GrpcEndpoint.start(
            new HostPort("127.0.0.1", 0),
            InsecureServerCredentials.create(),
            List.of(
                new SchedulerService(active, watches, analyses, seats::preferred),
                new LoadsService(active, board, seats, time::get)));
    channel =
        Grpc.newChannelBuilder("127.0.0.1:" + endpoint.port(), InsecureChannelCredentials.create())
            .build();
    lead();
    node("node-a");
    node("node-b");
  }

  @AfterEach
  void close() throws Exception {
    channel.shutdownNow();
    endpoint.close();
    active.leave();
    analyses.close();
    seats.close();
  }

  @Test
  void aBusySpaceGetsASecondSeatOnTheIdleNode() {
    // Given
    place(FIRST);
    String busy = nodeOf(FIRST);
    String idle = busy.equals("node-a") ? "node-b" : "node-a";
    report(busy, 100, seat(FIRST, HOT, 3));
    report(idle, 0);
    seats.look();
    assertThat(loads().listSeats(ListSeatsRequest.getDefaultInstance()).getSpacesList()).isEmpty();

    // When
    pass(60, busy, FIRST, HOT);

    // Then
    SpaceSeats advised =
        loads().listSeats(ListSeatsRequest.getDefaultInstance()).getSpacesList().getFirst();
    assertThat(advised.getOwner()).isEqualTo("space/acme/demo/0a1b2c3d");
    assertThat(advised.getSlotsList()).containsExactly(0, 1);

    // When the owner follows
    place(SECOND_SEAT);

    // Then
    assertThat(nodeOf(SECOND_SEAT)).isEqualTo(idle);
  }

  @Test
  void oneThatIsCoolAgainLosesItsSecondSeatWhenNoTurnIsLeft() {
    // Given
    place(FIRST);
    String busy = nodeOf(FIRST);
    report(busy, 100, seat(FIRST, HOT, 3));
    seats.look();
    pass(60, busy, FIRST, HOT);
    place(SECOND_SEAT);
    seats.look();

    // When
    for (int i = 0; i < 40; i++) {
      time.addAndGet(2 * SECOND);
      report(nodeOf(FIRST), 0, seat(FIRST, COLD, 0));
      report(nodeOf(SECOND_SEAT), 0, seat(SECOND_SEAT, COLD, 0));
      seats.look();
    }

    // Then
    assertThat(slots()).hasSize(1);
  }

  @Test
  void aSpaceThatKeepsItsNumberIsMovedAndItsTargetIsHeldFirst() {
    // Given
    place(FIRST);
    String busy = nodeOf(FIRST);
    report(busy, 100, seat(FIRST, HOT, 3));
    seats.look();

    // When its owner does not add the seat
    for (int i = 0; i < 100 && placement(FIRST + ".move") == null; i++) {
      pass(2, busy, FIRST, HOT);
    }

    // Then
    assertThat(placement(FIRST + ".move")).isInstanceOf(Placement.Placed.class);
    assertThat(nodeOf(FIRST + ".move")).isNotEqualTo(busy);
    assertThat(placement(FIRST)).isInstanceOf(Placement.Placed.class);
  }

  @Test
  void aNextLeaderSaysNothingUntilItHasLookedAndThenWhatIsPlaced() {
    // Given
    place(FIRST);
    place(SECOND_SEAT);

    // When
    active.leave();
    lead();

    // Then
    assertThatThrownBy(() -> loads().listSeats(ListSeatsRequest.getDefaultInstance()))
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessageContaining("not looked at the seats yet");
    seats.look();
    assertThat(slots()).containsExactly(0, 1);
  }

  @Test
  void onlyKnownNodesAreHeardAndOldReportsForgotten() {
    // Given
    report("node-a", 7);

    // When, Then
    assertThatThrownBy(() -> report("node-x", 7))
        .hasMessageContaining("'node-x' is not registered");
    assertThat(nodes()).containsExactly("node-a");
    time.addAndGet(6 * SECOND);
    assertThat(nodes()).isEmpty();
  }

  @Test
  void aStandbyHearsNothing() {
    // When
    active.leave();

    // Then
    assertThatThrownBy(() -> report("node-a", 7)).hasMessageContaining("UNAVAILABLE");
    assertThatThrownBy(() -> loads().listLoads(ListLoadsRequest.getDefaultInstance()))
        .hasMessageContaining("UNAVAILABLE");
  }

  private void lead() {
    Term term = store.begin(1);
    State start =
        State.restore(term.epoch(), store.load().nodes(), store.load().placements(), List.of());
    DecisionLoop loop =
        new DecisionLoop(
            new Scheduler(3600 * SECOND),
            store,
            term,
            start,
            Window.STANDARD,
            time::get,
            List.of(),
            lost -> {});
    active.enter(loop);
    loop.start();
  }

  private void node(String name) {
    List<TurnDevice> cards = List.of(new TurnDevice("gpu-0", "GPU-0", "H200-141", 143_360, true));
    Inventory inventory =
        new Inventory(64_000, 512_000, 4, 2, List.of(), List.of(), Location.UNKNOWN, cards);
    active.leading().submit(new Event.NodeRegistered(name, inventory)).join();
    active.leading().submit(new Event.Heartbeat(name, List.of())).join();
  }

  /** The first seat stays busy for so long, and a look is taken every two seconds. */
  private void pass(int seconds, String busy, String placement, long demand) {
    for (int i = 0; i < seconds; i += 2) {
      time.addAndGet(2 * SECOND);
      report(busy, 100, seat(placement, demand, 3));
      report(busy.equals("node-a") ? "node-b" : "node-a", 0);
      seats.look();
    }
  }

  private void report(String node, long waitSeconds, SeatLoad... held) {
    var _ =
        loads()
            .report(
                NodeLoad.newBuilder()
                    .setNode(node)
                    .setWaitNanos(waitSeconds * SECOND)
                    .addAllSeats(List.of(held))
                    .build());
  }

  private static SeatLoad seat(String placement, long demandMilli, int waits) {
    return SeatLoad.newBuilder()
        .setLeaseId(placement + "#0")
        .setSpace("acme/demo")
        .setDemandMilli(demandMilli)
        .setWaitsNode(waits)
        .build();
  }

  private void place(String id) {
    Shape shape =
        Shape.newBuilder()
            .setCpuMilli(1000)
            .setMemoryMib(1024)
            .setSeat(Seat.getDefaultInstance())
            .build();
    var _ =
        SchedulerGrpc.newBlockingStub(channel)
            .place(
                PlaceRequest.newBuilder()
                    .setPlacementId(id)
                    .addMembers(Member.newBuilder().setShape(shape))
                    .setAccount("acme")
                    .setOwner("Space acme/demo")
                    .setFlavor("zero-gpu")
                    .setCatalogVersion("1")
                    .build());
  }

  private List<Integer> slots() {
    return loads().listSeats(ListSeatsRequest.getDefaultInstance()).getSpacesList().stream()
        .findFirst()
        .map(SpaceSeats::getSlotsList)
        .orElse(List.of(0));
  }

  private List<String> nodes() {
    return loads().listLoads(ListLoadsRequest.getDefaultInstance()).getLoadsList().stream()
        .map(NodeLoad::getNode)
        .toList();
  }

  private @Nullable Placement placement(String id) {
    return active.leading().state().placements().get(id);
  }

  private String nodeOf(String id) {
    return Objects.requireNonNull(placement(id), id).leases().getFirst().node();
  }

  private LoadsGrpc.LoadsBlockingStub loads() {
    return LoadsGrpc.newBlockingStub(channel);
  }
}
