package dev.berth.scheduler.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.scheduler.core.Decision;
import dev.berth.scheduler.core.Event;
import dev.berth.scheduler.core.Hardware;
import dev.berth.scheduler.core.Pending;
import dev.berth.scheduler.core.QueueOrder;
import dev.berth.scheduler.core.Scheduler;
import dev.berth.scheduler.core.Seeds;
import dev.berth.scheduler.core.State;
import dev.berth.scheduler.core.model.Accelerator;
import dev.berth.scheduler.core.model.Lease;
import dev.berth.scheduler.core.model.Policy;
import dev.berth.scheduler.core.model.Request;
import dev.berth.scheduler.core.model.Shape;
import dev.berth.scheduler.core.model.Topology;
import dev.berth.scheduler.core.quota.QuotaTree;
import dev.berth.scheduler.core.quota.Quotas;
import dev.berth.scheduler.core.quota.RandomTree;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * A core that was loaded from a dump decides as the one that it was taken of: tenants with a past,
 * run times that were learned, reservations, victims that are spared, over minutes of further
 * events. {@code -Dberth.seed=N} replays one.
 */
class ReplayTest {
  private static final long SECOND = 1_000_000_000L;
  private static final List<String> FLAVORS = List.of("t4", "t4-2", "share");

  private int pasts;
  private int sketches;
  private int reservations;
  private int surveys;
  private int spared;

  @Test
  void aLoadedDumpDecidesAsTheLiveCore() {
    // Given // When // Then
    Seeds seeds = Seeds.of(60);
    seeds.each(this::replay);
    System.out.printf(
        "replay: %d seeds, of which had a past %d, run times %d, reservations %d, a survey %d, spared %d%n",
        seeds.count(), pasts, sketches, reservations, surveys, spared);
    assertThat(seeds.replay() || Collections.min(List.of(pasts, sketches, reservations)) > 0)
        .as("there was something to keep")
        .isTrue();
    assertThat(seeds.replay() || Collections.min(List.of(surveys, spared)) > 0)
        .as("there was something to keep")
        .isTrue();
  }

  private void replay(long seed) {
    // Given
    Live live = new Live(new Random(seed));
    for (int i = 0; i < 120; i++) {
      live.step(live.next());
    }
    count(live.state);

    // When
    Snapshot taken = Snapshot.of(live.scheduler, live.state, live.now);
    Snapshot read = SnapshotTest.copy(taken);
    Scheduler offline = read.scheduler();
    State loaded = read.state();

    // Then
    assertThat(read).isEqualTo(taken);
    for (int i = 0; i < 80; i++) {
      Event event = live.next();
      Decision there = offline.step(loaded, event, live.now);
      assertThat(there).as("event %d, %s", i, event).isEqualTo(live.step(event));
      loaded = there.state();
    }
  }

  private void count(State state) {
    pasts += state.book().history().isEmpty() ? 0 : 1;
    sketches += state.outlook().durations().sketches().isEmpty() ? 0 : 1;
    reservations += state.outlook().reservations().isEmpty() ? 0 : 1;
    surveys += state.supplyDemand().supplies().isEmpty() ? 0 : 1;
    spared += state.book().spared().isEmpty() ? 0 : 1;
  }

  private static final class Live {
    final Random random;
    final Scheduler scheduler;
    State state = State.empty(3);
    long now = SECOND;
    private int ids;

    Live(Random random) {
      this.random = random;
      QueueOrder order = random.nextBoolean() ? QueueOrder.ARRIVAL : QueueOrder.LEAST_WORK;
      this.scheduler = new Scheduler(3_600 * SECOND, random.nextInt(9), order);
      for (int i = 0; i < 2 + random.nextInt(3); i++) {
        step(new Event.NodeRegistered("n" + i, Hardware.gpus("T4-16", 2 + random.nextInt(3), 0)));
        step(new Event.Heartbeat("n" + i, List.of()));
      }
      Quotas quotas = random.nextInt(4) == 0 ? Quotas.NONE : RandomTree.quotas(random, FLAVORS, 8);
      step(new Event.PublishQuotas(QuotaTree.of(quotas)));
    }

    Decision step(Event event) {
      Decision decision = scheduler.step(state, event, now);
      state = decision.state();
      return decision;
    }

    Event next() {
      now += random.nextLong(8 * SECOND);
      int dice = random.nextInt(20);
      if (dice < 8) {
        return new Event.Place(request());
      }
      List<Lease> draining = Pending.leases(state);
      if (dice < 13 && !draining.isEmpty()) {
        Lease lease = draining.get(random.nextInt(draining.size()));
        return new Event.LeaseGone(lease.node(), lease.id());
      }
      List<String> known = List.copyOf(state.placements().keySet());
      if (dice < 16 && !known.isEmpty()) {
        return new Event.Release(known.get(random.nextInt(known.size())));
      }
      return new Event.Tick();
    }

    private Request request() {
      int kind = random.nextInt(3);
      Accelerator asked =
          kind == 2
              ? new Accelerator.GpuShare("T4-16", 500, 1_000)
              : new Accelerator.WholeGpus("T4-16", 1 + kind);
      Policy policy =
          new Policy(
              random.nextInt(3),
              random.nextBoolean(),
              "q" + random.nextInt(5),
              Topology.ANYWHERE,
              List.of(),
              List.of(),
              random.nextInt(3) == 0 ? random.nextLong(60 * SECOND) : 0,
              0);
      List<Shape> members =
          Collections.nCopies(1 + random.nextInt(2), new Shape(1_000, 1_024, asked));
      String owner = "Space a/" + random.nextInt(8);
      return new Request("p" + ids++, members, "acme", owner, FLAVORS.get(kind), "v1", policy);
    }
  }
}
