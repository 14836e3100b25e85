package dev.berth.scheduler.core.preempt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.collect.OrderedMap;
import dev.berth.scheduler.core.Event;
import dev.berth.scheduler.core.Fleet;
import dev.berth.scheduler.core.Hardware;
import dev.berth.scheduler.core.fit.Placer;
import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.model.Accelerator;
import dev.berth.scheduler.core.model.Lease;
import dev.berth.scheduler.core.model.Placement;
import dev.berth.scheduler.core.model.Policy;
import dev.berth.scheduler.core.model.Request;
import dev.berth.scheduler.core.model.Shape;
import dev.berth.scheduler.core.model.Topology;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class VictimSearchTest {
  private static Request request(String id, Random random, int priority, int members, int cards) {
    Policy policy =
        new Policy(
            priority,
            random.nextInt(5) > 0,
            "q",
            Topology.ANYWHERE,
            List.of(),
            List.of(),
            0,
            random.nextInt(3));
    Shape shape = new Shape(1_000, 1_024, new Accelerator.WholeGpus("T4-16", cards));
    return new Request(id, Collections.nCopies(members, shape), "q", id, "t4", "v1", policy);
  }

  private static Fleet full(Random random) {
    Fleet fleet = new Fleet();
    for (int i = 0; i < 2 + random.nextInt(4); i++) {
      fleet.with("n" + i, Hardware.gpus("T4-16", 1 + random.nextInt(8), 0));
    }
    for (int i = 0; i < 30; i++) {
      int members = 1 + random.nextInt(3);
      fleet.step(
          new Event.Place(request("p" + i, random, 3 - i / 10, members, 1 + random.nextInt(2))));
    }
    List.copyOf(fleet.state.queue().values()).forEach(id -> fleet.step(new Event.Release(id)));
    return fleet;
  }

  private static boolean fits(Fleet fleet, Request request, List<Placement.Placed> without) {
    OrderedMap<String, Node> nodes = fleet.state.nodes();
    for (Placement.Placed placed : without) {
      for (Lease lease : placed.leases()) {
        Node node = nodes.get(lease.node());
        assertThat(node).isNotNull();
        nodes = node == null ? nodes : nodes.with(node.name(), node.without(lease.id()));
      }
    }
    return Placer.place(nodes, request) instanceof Placer.Trial.Complete;
  }

  /** Property: lawful, enough, nothing too much, and no single victim would be cheaper. */
  @Test
  void theVictimsAreEnoughAndNoneTooMany() {
    int found = 0;
    for (long seed = 1; seed <= 300; seed++) {
      found += check(new Random(seed), "seed " + seed) ? 1 : 0;
    }
    assertThat(found).isGreaterThan(50);
  }

  private static boolean check(Random random, String seed) {
    Fleet fleet = full(random);
    int members = random.nextBoolean() ? 1 : 1 + random.nextInt(4);
    Request asked = request("asked", random, 1 + random.nextInt(4), members, 1 + random.nextInt(4));
    List<Placement.Placed> lawful = new ArrayList<>();
    for (Placement placement : fleet.state.placements().values()) {
      if (placement instanceof Placement.Placed placed
          && placed.request().policy().preemptible()
          && placed.request().policy().priority() < asked.policy().priority()
          && !fleet.state.book().spared().containsKey(placed.request().owner())) {
        lawful.add(placed);
      }
    }
    if (fits(fleet, asked, List.of())) {
      return false; // Nobody asks for victims then.
    }
    VictimSearch.Result result = new VictimSearch(fleet.state, asked, fleet.now, 100_000).run();
    if (!(result instanceof VictimSearch.Result.Found found)) {
      assertThat(result).as(seed).isInstanceOf(VictimSearch.Result.NoneHelps.class);
      assertThat(fits(fleet, asked, lawful)).as(seed).isFalse();
      return false;
    }
    List<Placement.Placed> victims = found.victims().stream().map(Victim::placed).toList();
    assertThat(lawful).as(seed).containsAll(victims);
    assertThat(found.leases()).as(seed).hasSize(members);
    assertThat(fits(fleet, asked, victims)).as(seed).isTrue();
    for (Placement.Placed one : victims) {
      List<Placement.Placed> fewer = victims.stream().filter(v -> v != one).toList();
      assertThat(fits(fleet, asked, fewer)).as("%s without %s", seed, one.id()).isFalse();
    }
    for (Placement.Placed single : lawful) {
      if (fits(fleet, asked, List.of(single))) {
        assertThat(VictimCost.of(found.victims(), fleet.now))
            .as("%s: %s alone would do", seed, single.id())
            .isLessThanOrEqualTo(
                VictimCost.of(
                    List.of(new Victim(single, found.victims().getFirst().kind())), fleet.now));
      }
    }
    return true;
  }

  @Test
  void anEmptyBudgetIsSaidToBeOne() {
    Fleet fleet = new Fleet().with("n", Hardware.gpus("T4-16", 1, 0));
    Random willing = new Random(3);
    fleet.step(new Event.Place(request("low", willing, 0, 1, 1)));
    Request asked = request("asked", new Random(2), 9, 1, 1);
    assertThat(fleet.state.book().preemptible()).hasSize(1);
    assertThat(new VictimSearch(fleet.state, asked, fleet.now, 1).run())
        .isInstanceOf(VictimSearch.Result.NotFoundInBudget.class);
  }
}
