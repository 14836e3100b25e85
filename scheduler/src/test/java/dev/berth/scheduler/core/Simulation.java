package dev.berth.scheduler.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.model.Card;
import dev.berth.scheduler.core.model.Device;
import dev.berth.scheduler.core.model.Lease;
import dev.berth.scheduler.core.model.Placement;
import dev.berth.scheduler.core.model.Torus;
import dev.berth.scheduler.store.Commit;
import dev.berth.scheduler.store.Contents;
import dev.berth.scheduler.store.InMemoryPlacementStore;
import dev.berth.scheduler.store.Term;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A random fleet with random users, agents and faults, all from one seed: core and store together,
 * checked after every step.
 */
final class Simulation {
  private static final long SECOND = 1_000_000_000L;
  private static final int STEPS = 120;

  private final Random random;
  private final Scheduler scheduler = new Scheduler(10 * SECOND);
  private final InMemoryPlacementStore store = new InMemoryPlacementStore();
  private final Workload workload;
  private Term term = store.begin(1);
  private long commits;
  private State state = State.empty(term.epoch());

  /** What the agents may have prepared: from the grant until they said that it is gone. */
  private final Map<String, String> prepared = new HashMap<>();

  private long now = SECOND;
  private int ids;

  Simulation(long seed) {
    random = new Random(seed);
    workload = new Workload(random);
  }

  void run() {
    int nodes = 1 + random.nextInt(5);
    for (int i = 0; i < nodes; i++) {
      step(new Event.NodeRegistered("node-" + i, workload.inventory()));
      step(new Event.Heartbeat("node-" + i, List.of()));
    }
    for (int i = 0; i < STEPS; i++) {
      now += random.nextInt(1_000) * 1_000_000L;
      act();
    }
    releaseAll();
  }

  private void act() {
    int dice = random.nextInt(100);
    if (dice < 45) {
      step(new Event.Place(workload.request(anyId())));
    } else if (dice < 65) {
      release();
    } else if (dice < 80) {
      drainOne();
    } else if (dice < 88) {
      step(new Event.Heartbeat(anyNode().name(), List.of("ghost#0")));
    } else if (dice < 91) {
      step(new Event.NodeLost(anyNode().name()));
    } else if (dice < 95) {
      health();
    } else if (dice < 98) {
      now += random.nextInt(8) * SECOND;
      step(new Event.Tick());
    } else {
      failover();
    }
  }

  private void step(Event event) {
    State before = state;
    Decision decision = scheduler.step(state, event, now);
    if (random.nextInt(8) == 0) {
      Decision again = scheduler.step(state, event, now);
      assertThat(again).as("the same step twice").isEqualTo(decision);
    }
    state = decision.state();
    List<Effect.Write> writes = new ArrayList<>();
    for (Effect effect : decision.effects()) {
      if (effect instanceof Effect.Write write) {
        writes.add(write);
      }
      if (effect instanceof Effect.PlacementSaved(Placement.Placed placed)) {
        onlyReadyAndHealthy(placed, event);
        placed.leases().forEach(lease -> prepared.put(lease.id(), lease.node()));
      }
    }
    assertThat(store.commit(term, ++commits, writes)).isCompletedWithValue(new Commit.Durable());
    assertThat(state.epoch()).isEqualTo(before.epoch());
    if (event instanceof Event.LeaseGone gone) {
      prepared.remove(gone.leaseId());
    }
    prepared.forEach(this::stillHeld);
    Invariants.check(before, state);
    if (!writes.isEmpty()) {
      stored();
    }
  }

  private void stillHeld(String lease, String node) {
    if (!node(node).leases().containsKey(lease)) {
      throw new AssertionError(lease + " was given away while prepared");
    }
  }

  private void onlyReadyAndHealthy(Placement.Placed placed, Event event) {
    for (Lease lease : placed.leases()) {
      Node node = node(lease.node());
      assertThat(node.ready()).as("%s placed on a node that is not ready", event).isTrue();
      for (Device device : lease.devices()) {
        assertThat(node.inventory().withHealth(base(device), false))
            .as("%s placed on an unhealthy %s", event, device)
            .matches(sick -> device instanceof Device.Cpu || !sick.equals(node.inventory()));
      }
    }
  }

  private static String base(Device device) {
    return switch (device) {
      case Device.MigInstance mig -> "gpu-" + mig.card();
      case Device.ShareOfGpu share -> "gpu-" + share.card();
      case Device.WholeGpu gpu -> gpu.name();
      case Device.TpuChip chip -> chip.name();
      case Device.Cpu cpu -> cpu.name();
      case Device.Seat seat -> seat.name();
    };
  }

  /** What is stored is what is known; which leases of a releasing gang are gone is not stored. */
  private void stored() {
    Contents stored = store.load();
    assertThat(stored.placements()).hasSameSizeAs(state.placements().values());
    stored
        .nodes()
        .forEach((name, inventory) -> assertThat(inventory).isEqualTo(node(name).inventory()));
    for (Placement placement : stored.placements()) {
      Placement known = state.placements().get(placement.id());
      assertThat(known instanceof Placement.Releasing r ? r.placed().release() : known)
          .isEqualTo(placement);
    }
  }

  /** Another leader takes over: everything from the store, nobody ready, the old one fenced. */
  private void failover() {
    Term old = term;
    term = store.begin(1);
    assertThat(store.commit(old, ++commits, List.of()))
        .isCompletedWithValue(new Commit.StaleEpoch());
    commits = 0;
    state = store.load().restore(term.epoch(), now);
    Invariants.check(state);
    for (Node node : state.nodes().values()) {
      step(new Event.NodeRegistered(node.name(), node.inventory()));
      step(new Event.Heartbeat(node.name(), List.of()));
    }
  }

  private void release() {
    List<String> known = new ArrayList<>(state.placements().keySet());
    if (!known.isEmpty()) {
      step(new Event.Release(known.get(random.nextInt(known.size()))));
    }
  }

  private void drainOne() {
    List<Lease> pending = Pending.leases(state);
    if (!pending.isEmpty()) {
      Lease lease = pending.get(random.nextInt(pending.size()));
      step(new Event.LeaseGone(lease.node(), lease.id()));
    }
  }

  private void health() {
    Node node = anyNode();
    Torus torus = node.inventory().torus();
    List<Card> cards = node.inventory().cards();
    String device =
        torus != null
            ? "tpu-" + random.nextInt(torus.x()) + "-" + random.nextInt(torus.y()) + "-0"
            : "gpu-" + random.nextInt(Math.max(1, cards.size()));
    step(new Event.DeviceHealth(node.name(), device, random.nextInt(3) > 0));
  }

  /** Everything is given back: the fleet is exactly as empty as at the start. */
  private void releaseAll() {
    for (String id : List.copyOf(state.placements().keySet())) {
      step(new Event.Release(id));
    }
    for (List<Lease> left = Pending.leases(state); !left.isEmpty(); left = Pending.leases(state)) {
      step(new Event.LeaseGone(left.getFirst().node(), left.getFirst().id()));
    }
    assertThat(state.placements()).isEmpty();
    for (Node node : state.nodes().values()) {
      Node empty = Node.of(node.name(), node.inventory()).seen(node.lastSeenNanos());
      assertThat(node.seen(node.lastSeenNanos())).isEqualTo(empty);
    }
  }

  /** Now and then an id that is known already. */
  private String anyId() {
    return "p/" + (random.nextInt(20) == 0 ? random.nextInt(ids + 1) : ids++);
  }

  private Node anyNode() {
    List<String> names = new ArrayList<>(state.nodes().keySet());
    return node(names.get(random.nextInt(names.size())));
  }

  private Node node(String name) {
    Node node = state.nodes().get(name);
    if (node == null) {
      throw new AssertionError("No node " + name);
    }
    return node;
  }
}
