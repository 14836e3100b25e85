package dev.berth.scheduler.core.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.scheduler.core.Decision;
import dev.berth.scheduler.core.Effect;
import dev.berth.scheduler.core.Event;
import dev.berth.scheduler.core.Hardware;
import dev.berth.scheduler.core.Outcome;
import dev.berth.scheduler.core.QueueOrder;
import dev.berth.scheduler.core.Scheduler;
import dev.berth.scheduler.core.Seeds;
import dev.berth.scheduler.core.State;
import dev.berth.scheduler.core.explain.Explanations;
import dev.berth.scheduler.core.explain.QueueView;
import dev.berth.scheduler.core.model.Accelerator;
import dev.berth.scheduler.core.model.Placement;
import dev.berth.scheduler.core.model.Policy;
import dev.berth.scheduler.core.model.Request;
import dev.berth.scheduler.core.model.Shape;
import dev.berth.scheduler.core.model.Topology;
import dev.berth.scheduler.core.quota.QuotaTree;
import dev.berth.scheduler.core.quota.Quotas;
import dev.berth.scheduler.core.quota.RandomTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Requests start in the order of the positions told. {@code -Dberth.seed=N} replays one. */
class PositionsTest {
  private static final long SECOND = 1_000_000_000L;
  private static final List<String> FLAVORS = List.of("t4", "t4-spot");
  private static final Shape T4 = new Shape(1, 1, new Accelerator.WholeGpus("T4-16", 1));

  private final Seeds seeds = Seeds.of(300);
  private int waited;
  private int overtook;

  @Test
  void equalRequestsStartInTheOrderOfThePositionsTold() {
    // Given // When // Then
    seeds.each(this::history);
    System.out.printf(
        "positions: %d seeds, %d starts, %d of them before an earlier arrival%n",
        seeds.count(), waited, overtook);
    assertThat(seeds.replay() || overtook > seeds.count()).as("arrival alone is not it").isTrue();
  }

  @Test
  void behindWhatIsForeseenEveryPositionIsTakenOnce() {
    // Given more that wait than are foreseen, some of them over their quota
    Random random = new Random(7);
    Run run = new Run(new Scheduler(Long.MAX_VALUE / 2));
    run.add("n", 1);
    run.step(new Event.PublishQuotas(QuotaTree.of(RandomTree.quotas(random, FLAVORS, 200))));
    for (int i = 0; i < Positions.FORESEEN + 150; i++) {
      run.now++;
      run.step(new Event.Place(request("p" + i, random)));
    }

    // When
    Positions positions = run.scheduler.positions(run.now);
    List<Placement.Waiting> told = positions.all(run.state);

    // Then
    assertThat(told).hasSize(run.state.queue().size()).doesNotHaveDuplicates();
    run.allTellTheSame(told, positions);
  }

  private void history(long seed) {
    // Given tenants that fill a node, and more of them that wait
    Random random = new Random(seed);
    boolean fair = random.nextInt(4) > 0;
    QueueOrder order = random.nextBoolean() ? QueueOrder.ARRIVAL : QueueOrder.LEAST_WORK;
    int reservations = order == QueueOrder.ARRIVAL ? 8 * random.nextInt(2) : 0;
    Run run = new Run(new Scheduler(Long.MAX_VALUE / 2, reservations, order));
    run.add("first", 1 + random.nextInt(6));
    Quotas quotas = fair ? RandomTree.quotas(random, FLAVORS, 6) : Quotas.NONE;
    run.step(new Event.PublishQuotas(QuotaTree.of(quotas)));
    for (int i = 0; i < 40; i++) {
      run.now += random.nextLong(20 * SECOND);
      run.step(new Event.Place(request("p" + i, random)));
      if (random.nextInt(8) == 0) {
        run.endOne(random);
      }
    }
    run.now += 2 * SECOND;
    run.step(new Event.Tick());
    Positions positions = run.scheduler.positions(run.now);
    List<Placement.Waiting> told = positions.all(run.state);
    run.allTellTheSame(told, positions);

    // When room comes bit by bit, and nobody else does
    run.started.clear();
    for (int i = 0; run.started.size() < told.size() && i < 30; i++) {
      run.add("n" + i, 1 + random.nextInt(3));
      run.step(new Event.Tick());
    }

    // Then
    List<String> ids = told.stream().map(Placement::id).toList();
    assertThat(run.started)
        .as("order %s, %d reservations, quotas %s", order, reservations, quotas)
        .isEqualTo(ids.subList(0, run.started.size()));
    waited += run.started.size();
    for (int i = 1; i < run.started.size(); i++) {
      overtook += told.get(i).createdNanos() < told.get(i - 1).createdNanos() ? 1 : 0;
    }
  }

  private static Request request(String id, Random random) {
    Policy policy =
        new Policy(
            random.nextInt(8) == 0 ? 1 : 0,
            false,
            "q" + random.nextInt(5),
            Topology.ANYWHERE,
            List.of(),
            List.of(),
            0,
            0);
    return new Request(
        id, List.of(T4), "acme", "Space a/" + id, FLAVORS.get(random.nextInt(2)), "v1", policy);
  }

  private static final class Run {
    final Scheduler scheduler;
    final List<String> started = new ArrayList<>();
    State state = State.empty(1);
    long now = SECOND;

    Run(Scheduler scheduler) {
      this.scheduler = scheduler;
    }

    void step(Event event) {
      Decision decision = scheduler.step(state, event, now);
      state = decision.state();
      for (Effect effect : decision.effects()) {
        if (effect instanceof Effect.PlacementSaved(Placement.Placed placed)) {
          started.add(placed.id());
        }
        if (effect instanceof Effect.PlaceAnswered(Outcome.Waiting waiting)) {
          assertThat(waiting.position()).isPositive();
        }
      }
    }

    void add(String node, int cards) {
      step(new Event.NodeRegistered(node, Hardware.gpus("T4-16", cards, 0)));
      step(new Event.Heartbeat(node, List.of()));
    }

    /** Releases one that runs; it is drained at once. */
    void endOne(Random random) {
      List<Placement> running =
          state.placements().values().stream().filter(Placement.Placed.class::isInstance).toList();
      if (!running.isEmpty()) {
        Placement one = running.get(random.nextInt(running.size()));
        step(new Event.Release(one.id()));
        one.leases().forEach(lease -> step(new Event.LeaseGone(lease.node(), lease.id())));
      }
    }

    /** Get, Watch and Explain, also of a request that is not submitted. */
    void allTellTheSame(List<Placement.Waiting> told, Positions positions) {
      Map<String, Outcome.Waiting> view = QueueView.of(state, positions);
      for (int i = 0; i < told.size(); i++) {
        Placement.Waiting one = told.get(i);
        assertThat(positions.position(state, one)).as("position of %s", one.id()).isEqualTo(i + 1);
      }
      assertThat(Explanations.of(state, told.getLast(), positions))
          .isInstanceOfSatisfying(
              Outcome.Waiting.class, w -> assertThat(w.position()).isEqualTo(told.size()));
      assertThat(view.keySet())
          .containsExactlyElementsOf(told.stream().map(Placement::id).toList());
    }
  }
}
