package dev.berth.scheduler.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.model.Accelerator;
import dev.berth.scheduler.core.model.Lease;
import dev.berth.scheduler.core.model.Placement;
import dev.berth.scheduler.core.model.Policy;
import dev.berth.scheduler.core.model.Request;
import dev.berth.scheduler.core.model.Shape;
import dev.berth.scheduler.core.model.Topology;
import dev.berth.scheduler.core.quota.QuotaTree;
import dev.berth.scheduler.core.quota.RandomTree;
import dev.berth.scheduler.store.Commit;
import dev.berth.scheduler.store.InMemoryPlacementStore;
import dev.berth.scheduler.store.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Tenants with random quotas, priorities and gangs on a small fleet, with draining agents, faults
 * and changes of leaders, all from one seed; checked after every step.
 */
final class QuotaSimulation {
  static final List<String> FLAVORS = List.of("t4", "t4-2");
  private static final long SECOND = 1_000_000_000L;
  private static final int STEPS = 80;

  private final Random random;

  /** Without faults every nominee is placed once its victims are gone. */
  private final boolean calm;

  private final Scheduler scheduler = new Scheduler(3_600 * SECOND);
  private final InMemoryPlacementStore store = new InMemoryPlacementStore();
  private Term term = store.begin(1);
  private long commits;
  private State state = State.empty(term.epoch());
  private long now = SECOND;
  private int ids;
  int evictions;
  int nominations;

  QuotaSimulation(long seed) {
    random = new Random(seed);
    calm = seed % 2 == 0;
  }

  void run() {
    for (int i = 0; i < 1 + random.nextInt(4); i++) {
      step(new Event.NodeRegistered("n" + i, Hardware.gpus("T4-16", 1 + random.nextInt(6), 0)));
      step(new Event.Heartbeat("n" + i, List.of()));
    }
    publish();
    for (int i = 0; i < STEPS; i++) {
      now += random.nextInt(2_000) * 1_000_000L;
      act();
    }
    drainAll();
    if (calm) {
      assertThat(state.book().nominees()).as("nominees whose victims are gone").isEmpty();
    }
  }

  private void act() {
    int dice = random.nextInt(100);
    if (dice < 55) {
      step(new Event.Place(request()));
    } else if (dice < 68) {
      anyPlacement(id -> step(new Event.Release(id)));
    } else if (dice < 85) {
      drainOne();
    } else if (dice < 92) {
      step(new Event.Tick());
    } else if (dice < 95) {
      failover();
    } else if (!calm) {
      fault(dice);
    }
  }

  private void fault(int dice) {
    String node = "n" + random.nextInt(state.nodes().size());
    switch (dice) {
      case 95 -> publish();
      case 96 -> step(new Event.NodeLost(node));
      case 97 -> step(new Event.Heartbeat(node, List.of()));
      default ->
          step(new Event.DeviceHealth(node, "gpu-" + random.nextInt(6), random.nextInt(3) > 0));
    }
  }

  private void publish() {
    step(new Event.PublishQuotas(QuotaTree.of(RandomTree.quotas(random, FLAVORS, 6))));
  }

  private void step(Event event) {
    State before = state;
    Decision decision = scheduler.step(state, event, now);
    state = decision.state();
    List<Effect.Write> writes = new ArrayList<>();
    for (Effect effect : decision.effects()) {
      if (effect instanceof Effect.Write write) {
        writes.add(write);
      }
    }
    assertThat(store.commit(term, ++commits, writes)).isCompletedWithValue(new Commit.Durable());
    Invariants.check(state);
    QuotaInvariants.check(before, state, decision.effects(), now);
    QuotaInvariants.stored(store.load().restore(term.epoch(), now), state);
    for (Effect effect : decision.effects()) {
      if (effect instanceof Effect.PlacementSaved(Placement.Releasing r) && r.eviction() != null) {
        evictions++;
      }
      if (effect instanceof Effect.PlacementSaved(Placement.Waiting w) && w.nomination() != null) {
        nominations++;
      }
    }
    if (calm) {
      keepsItsWord(before, event);
    }
  }

  /** A nomination ends with a placement, or because its owner gave up. */
  private void keepsItsWord(State before, Event event) {
    for (Placement.Waiting nominee : before.book().nominees().values()) {
      boolean givenUp =
          event instanceof Event.Release release && release.placementId().equals(nominee.id());
      Placement after = state.placements().get(nominee.id());
      assertThat(givenUp || after instanceof Placement.Placed || nominee.equals(after))
          .as("%s became %s", nominee, after)
          .isTrue();
    }
  }

  private void failover() {
    term = store.begin(1);
    commits = 0;
    state = store.load().restore(term.epoch(), now);
    for (Node node : state.nodes().values()) {
      step(new Event.Heartbeat(node.name(), List.of()));
    }
  }

  private void anyPlacement(java.util.function.Consumer<String> action) {
    List<String> known = new ArrayList<>(state.placements().keySet());
    if (!known.isEmpty()) {
      action.accept(known.get(random.nextInt(known.size())));
    }
  }

  private void drainOne() {
    List<Lease> pending = Pending.leases(state);
    if (!pending.isEmpty()) {
      Lease lease = pending.get(random.nextInt(pending.size()));
      step(new Event.LeaseGone(lease.node(), lease.id()));
    }
  }

  /** Until nothing is leaving; new victims may be found on the way, but ever fewer. */
  private void drainAll() {
    for (int i = 0; i < 10_000 && !Pending.leases(state).isEmpty(); i++) {
      drainOne();
    }
    step(new Event.Tick());
    step(new Event.Tick());
    assertThat(calm ? Pending.leases(state) : List.of()).isEmpty();
  }

  private Request request() {
    int kind = random.nextInt(2);
    int members = random.nextInt(3) == 0 ? 1 + random.nextInt(4) : 1;
    Shape shape = new Shape(1_000, 1_024, new Accelerator.WholeGpus("T4-16", 1 + kind));
    Shape share =
        new Shape(1_000, 1_024, new Accelerator.GpuShare("T4-16", 500, random.nextInt(8_000)));
    List<Shape> shapes = new ArrayList<>();
    for (int i = 0; i < members; i++) {
      shapes.add(kind == 0 && random.nextInt(4) == 0 ? share : shape);
    }
    Policy policy =
        new Policy(
            random.nextInt(3),
            random.nextInt(4) > 0,
            "q" + random.nextInt(5),
            Topology.ANYWHERE,
            List.of(),
            List.of(),
            0,
            random.nextInt(3) * SECOND);
    String owner = "Space " + random.nextInt(12);
    return new Request("p" + ids++, shapes, "acme", owner, FLAVORS.get(kind), "v1", policy);
  }
}
