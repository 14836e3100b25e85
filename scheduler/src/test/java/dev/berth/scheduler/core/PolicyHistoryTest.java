package dev.berth.scheduler.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.scheduler.core.fit.Placer.Trial;
import dev.berth.scheduler.core.gang.GangPlacer;
import dev.berth.scheduler.core.model.Accelerator;
import dev.berth.scheduler.core.model.Accelerator.GpuShare;
import dev.berth.scheduler.core.model.Accelerator.None;
import dev.berth.scheduler.core.model.Accelerator.TpuSlice;
import dev.berth.scheduler.core.model.Accelerator.WholeGpus;
import dev.berth.scheduler.core.model.Inventory;
import dev.berth.scheduler.core.model.Lease;
import dev.berth.scheduler.core.model.Location;
import dev.berth.scheduler.core.model.Placement;
import dev.berth.scheduler.core.model.Policy;
import dev.berth.scheduler.core.model.Request;
import dev.berth.scheduler.core.model.Shape;
import dev.berth.scheduler.core.model.Topology;
import dev.berth.scheduler.core.model.Topology.Level;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Random histories: no lease outside of the allowed regions, none outside of a required domain, no
 * part of a gang, and no fallback while what was asked fits. {@code -Dberth.seed=N} replays one.
 */
class PolicyHistoryTest {
  private static final List<String> MODELS = List.of("T4-16", "A100-80");
  private static final List<String> REGIONS = List.of("eu", "us", "ap");
  private int regional;
  private int together;
  private int fallbacks;
  private int slices;

  @Test
  void policiesAreNeverViolated() {
    Long one = Long.getLong("berth.seed");
    for (long seed = one == null ? 1 : one; seed <= (one == null ? 150 : one); seed++) {
      try {
        run(new Random(seed));
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("Seed " + seed + " failed; replay with -Dberth.seed=" + seed, e);
      }
    }
    System.out.printf(
        "policies: %d placed by region, %d by topology, %d by a fallback, %d over several hosts%n",
        regional, together, fallbacks, slices);
    if (one == null) {
      assertThat(List.of(regional, together, fallbacks, slices)).allMatch(n -> n > 50);
    }
  }

  private void run(Random random) {
    Fleet fleet = new Fleet();
    for (int i = 0; i < 8; i++) {
      fleet.with("n" + i, inventory(random, i));
    }
    List<String> known = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      switch (random.nextInt(10)) {
        case 0, 1, 2 -> {
          if (!known.isEmpty()) {
            String id = known.remove(random.nextInt(known.size()));
            step(fleet, new Event.Release(id));
            if (fleet.state.placements().get(id) instanceof Placement.Releasing releasing) {
              releasing.leases().forEach(l -> step(fleet, new Event.LeaseGone(l.node(), l.id())));
            }
          }
        }
        case 3 -> step(fleet, new Event.NodeLost("n" + random.nextInt(8)));
        case 4 -> step(fleet, new Event.Heartbeat("n" + random.nextInt(8), List.of()));
        default -> {
          step(fleet, new Event.Place(request(random, "p" + i)));
          known.add("p" + i);
        }
      }
    }
  }

  private void step(Fleet fleet, Event event) {
    fleet.step(event);
    Invariants.check(fleet.state);
    for (Effect effect : fleet.effects) {
      if (effect instanceof Effect.PlacementSaved(Placement.Placed placed)) {
        regions(fleet.state, placed);
        domain(fleet.state, placed);
        choice(fleet.state, placed);
        slices += placed.leases().size() > placed.request().members().size() ? 1 : 0;
      }
    }
  }

  private void regions(State state, Placement.Placed placed) {
    List<String> regions = placed.request().policy().regions();
    for (Lease lease : regions.isEmpty() ? List.<Lease>of() : placed.leases()) {
      assertThat(location(state, lease).region()).as("%s", placed).isIn(regions);
      regional++;
    }
  }

  private void domain(State state, Placement.Placed placed) {
    Topology topology = placed.request().policy().topology();
    if (!topology.required()) {
      return;
    }
    Set<String> domains = new HashSet<>();
    placed.leases().forEach(lease -> domains.add(domain(state, topology.level(), lease)));
    assertThat(domains).as("%s", placed).hasSize(1).doesNotContain("");
    together++;
  }

  private static String domain(State state, Level level, Lease lease) {
    Location at = location(state, lease);
    return switch (level) {
      case ANY -> "all";
      case REGION -> at.region();
      case ZONE -> at.zone();
      case BLOCK -> at.block();
      case RACK -> at.rack();
      case NVLINK_DOMAIN -> at.nvlinkDomain();
      case NODE -> lease.node();
    };
  }

  /** With its devices given back, no earlier choice of it would fit. */
  private void choice(State state, Placement.Placed placed) {
    State without = state.freeing(placed.leases());
    for (int earlier = 0; earlier < placed.choice(); earlier++) {
      Trial trial = GangPlacer.asked(without.nodes(), placed.request().chosen(earlier));
      assertThat(trial).as("choice %d of %s", earlier, placed).isInstanceOf(Trial.Stuck.class);
    }
    fallbacks += placed.choice() > 0 ? 1 : 0;
  }

  private static Location location(State state, Lease lease) {
    return Objects.requireNonNull(state.nodes().get(lease.node())).inventory().location();
  }

  private static Inventory inventory(Random random, int i) {
    String region = random.nextInt(5) == 0 ? "" : REGIONS.get(random.nextInt(2));
    String rack = region.isEmpty() ? "" : region + random.nextInt(2);
    return Sites.at(
        i < 4
            ? Sites.host("pod", 2, 2, 2 * (i % 2), 2 * (i / 2), 4, 4)
            : Hardware.gpus(model(random), 1 + random.nextInt(4), 0),
        region,
        rack);
  }

  private static Request request(Random random, String id) {
    int members = random.nextInt(3) == 0 ? 2 + random.nextInt(3) : 1;
    Set<String> regions = new TreeSet<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      regions.add(REGIONS.get(random.nextInt(3)));
    }
    List<Policy.Alternative> others = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      others.add(
          new Policy.Alternative("f" + i, "v1", Collections.nCopies(members, shape(random))));
    }
    Level level = Level.values()[random.nextInt(Level.values().length)];
    Topology topology = new Topology(level, random.nextInt(3) == 0);
    List<Shape> shapes = new ArrayList<>(Collections.nCopies(members, shape(random)));
    if (random.nextInt(4) == 0) {
      shapes.set(0, shape(random));
    }
    return Sites.request(id, shapes, Sites.policy(topology, List.copyOf(regions), others));
  }

  private static Shape shape(Random random) {
    Accelerator accelerator =
        switch (random.nextInt(6)) {
          case 0 -> new None();
          case 1 -> new GpuShare(model(random), 100 * (1 + random.nextInt(9)), 1_024);
          case 2 -> new TpuSlice("v5e", 2, random.nextBoolean() ? 4 : 2, 1);
          case 3 -> new TpuSlice("v5e", 1, 1, 1);
          default -> new WholeGpus(model(random), 1 + random.nextInt(3));
        };
    return new Shape(1_000, 1_024, accelerator);
  }

  private static String model(Random random) {
    return MODELS.get(random.nextInt(MODELS.size()));
  }
}
