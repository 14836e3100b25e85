package dev.berth.scheduler.core.pack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.collect.OrderedMap;
import dev.berth.scheduler.core.Hardware;
import dev.berth.scheduler.core.fit.Fit;
import dev.berth.scheduler.core.fit.NodeFit;
import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.model.Accelerator;
import dev.berth.scheduler.core.model.Lease;
import dev.berth.scheduler.core.model.Models;
import dev.berth.scheduler.core.model.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Over random histories of a small fleet; a failure names its seed. */
class NodeIndexTest {
  private static final List<Shape> SHAPES = shapes();
  private int leases;

  @Test
  void findsWhatAScanFinds() {
    for (long seed = 0; seed < 30; seed++) {
      Random random = new Random(seed);
      OrderedMap<String, Node> nodes = fleet(random);
      SupplyDemand supplyDemand =
          new SupplyDemand(Mix.of(SHAPES), SupplyDemand.supplies(nodes.values()), 0);
      for (Ranking ranking :
          List.of(
              new Tightest(),
              Tightest.ofKinds(),
              new LeastLoss(supplyDemand),
              new LeastLoss(turning(supplyDemand)))) {
        NodeIndex index = new NodeIndex(ranking);
        for (int step = 0; step < 150; step++) {
          // When
          Shape shape = SHAPES.get(random.nextInt(SHAPES.size()));
          Choosing.Choice found = index.best(nodes, shape);

          // Then
          assertThat(found).as("seed %d", seed).isEqualTo(new Scan(ranking).best(nodes, shape));
          nodes = next(nodes, shape, found, random);
        }
      }
    }
  }

  private static SupplyDemand turning(SupplyDemand known) {
    return new SupplyDemand(known.mix(), known.supplies(), 0, false, true);
  }

  @Test
  void equalRoomsCostTheSameForEveryShape() {
    long pairs = 0;
    for (long seed = 0; seed < 60; seed++) {
      // Given
      Random random = new Random(seed);
      OrderedMap<String, Node> nodes = fleet(random);
      SupplyDemand known =
          new SupplyDemand(Mix.of(SHAPES), SupplyDemand.supplies(nodes.values()), 0);
      LeastLoss ranking = new LeastLoss(seed % 2 == 0 ? known : turning(known));
      for (int step = 0; step < 100; step++) {
        Shape shape = SHAPES.get(random.nextInt(SHAPES.size()));
        nodes = next(nodes, shape, new Scan(ranking).best(nodes, shape), random);
        pairs += step % 5 == 0 ? equalPairs(nodes, ranking, seed) : 0;
      }
    }
    assertThat(pairs).isGreaterThan(100);
  }

  private static long equalPairs(OrderedMap<String, Node> nodes, Ranking ranking, long seed) {
    long pairs = 0;
    for (Node one : nodes.values()) {
      for (Node other : nodes.values()) {
        // When
        Room room = Room.of(one, ranking.kind(one));
        Room another = Room.of(other, ranking.kind(other));

        // Then
        if (one != other && room.equals(another)) {
          pairs++;
          assertThat(room.hashCode()).isEqualTo(another.hashCode());
          for (Shape shape : SHAPES) {
            Demand demand = ranking.demand(shape);
            assertThat(ranking.cost(room, demand))
                .as("seed %d, %s on %s and %s", seed, shape, one, other)
                .isEqualTo(ranking.cost(another, demand));
          }
        }
      }
    }
    return pairs;
  }

  @Test
  void aPlaceHasACostExactlyWhereTheShapeFits() {
    for (long seed = 0; seed < 30; seed++) {
      // Given
      Random random = new Random(seed);
      OrderedMap<String, Node> nodes = fleet(random);
      LeastLoss ranking =
          new LeastLoss(new SupplyDemand(Mix.of(SHAPES), SupplyDemand.supplies(nodes.values()), 0));
      for (int step = 0; step < 60; step++) {
        Shape shape = SHAPES.get(random.nextInt(SHAPES.size()));
        for (Node node : nodes.values()) {
          // When
          Room room = Room.of(node, ranking.kind(node));
          long cost = ranking.cost(room, ranking.demand(shape));
          Fit fit = ranking.fit(room, ranking.demand(shape));

          // Then
          boolean fits = NodeFit.of(node, shape) instanceof Fit.Fits;
          assertThat(cost != Ranking.NONE).as("seed %d %s %s", seed, shape, node).isEqualTo(fits);
          assertThat(fit instanceof Fit.Fits).as("seed %d", seed).isEqualTo(fits);
        }
        nodes = next(nodes, shape, new Scan(ranking).best(nodes, shape), random);
      }
    }
  }

  @Test
  void aNodeOfAKindThatCameLaterIsUsed() {
    // Given
    OrderedMap<String, Node> nodes =
        OrderedMap.<String, Node>empty()
            .with("a", Node.of("a", Hardware.gpus("T4-16", 4, 0)).seen(1));
    SupplyDemand before = new SupplyDemand(Mix.UNKNOWN, List.of(none()), 0);
    Shape share = new Shape(1_000, 1_000, new Accelerator.GpuShare("T4-16", 500, 0));

    // When
    Choosing.Choice choice = new NodeIndex(new LeastLoss(before)).best(nodes, share);

    // Then
    assertThat(choice).isNotNull();
  }

  private static SupplyDemand.Supply none() {
    return new SupplyDemand.Supply(0, 0, List.of(), 1);
  }

  @Test
  void scarceCardsAreLeftToThoseWhoNeedThem() {
    // Given two nodes alike but for their model, and demand of which half insists on T4
    OrderedMap<String, Node> nodes =
        OrderedMap.<String, Node>empty()
            .with("a", Node.of("a", Hardware.gpus("T4-16", 8, 0)).seen(1))
            .with("b", Node.of("b", Hardware.gpus("A10G-24", 8, 0)).seen(1))
            .with("c", Node.of("c", Hardware.gpus("A10G-24", 8, 0)).seen(1));
    Shape any = new Shape(1_000, 1_000, new Accelerator.WholeGpus(Models.ANY, 1));
    Shape choosy = new Shape(1_000, 1_000, new Accelerator.WholeGpus("T4-16", 1));
    SupplyDemand supplyDemand =
        new SupplyDemand(Mix.of(List.of(any, choosy)), SupplyDemand.supplies(nodes.values()), 0);

    // When
    Choosing.Choice choice = new Scan(new LeastLoss(supplyDemand)).best(nodes, any);

    // Then
    assertThat(Objects.requireNonNull(choice).node().name()).isEqualTo("b");
  }

  /** Takes the place, or gives one back, or changes, adds or loses a node. */
  private OrderedMap<String, Node> next(
      OrderedMap<String, Node> nodes, Shape shape, Choosing.@Nullable Choice found, Random random) {
    String name = "n" + random.nextInt(12);
    Node node = nodes.get(name);
    return switch (random.nextInt(9)) {
      case 0 -> node == null ? nodes.with(name, node(name, random)) : nodes.without(name);
      case 1 -> node == null ? nodes : nodes.with(name, node.ready() ? node.lost() : node.seen(2));
      case 2 -> node == null ? nodes : nodes.with(name, node.seen(random.nextInt(100)));
      case 3, 4 ->
          node == null || node.leases().isEmpty()
              ? nodes
              : nodes.with(name, node.without(node.leases().keySet().iterator().next()));
      case 5 -> node == null ? nodes : nodes.with(name, withHealth(node, random));
      default ->
          found == null
              ? nodes
              : nodes.with(found.node().name(), found.node().with(lease(shape, found)));
    };
  }

  private static Node withHealth(Node node, Random random) {
    String card = "gpu-" + random.nextInt(4);
    return node.withInventory(node.inventory().withHealth(card, random.nextInt(3) > 0));
  }

  private Lease lease(Shape shape, Choosing.Choice found) {
    return new Lease(
        "p" + leases++ + "#0",
        found.node().name(),
        found.fit().devices(),
        shape.cpuMilli(),
        shape.memoryMib(),
        0,
        0);
  }

  private static OrderedMap<String, Node> fleet(Random random) {
    OrderedMap<String, Node> nodes = OrderedMap.empty();
    for (int i = 0; i < 8; i++) {
      nodes = nodes.with("n" + i, node("n" + i, random));
    }
    return nodes;
  }

  private static Node node(String name, Random random) {
    return Node.of(
            name,
            switch (random.nextInt(5)) {
              case 0 -> Hardware.cpu(16_000, 64_000);
              case 1 -> Hardware.tpu("v5e", 2, 4);
              case 2 -> Hardware.gpus("H100-80", 8, 4);
              default -> Hardware.gpus("T4-16", 4, 0);
            })
        .seen(1);
  }

  private static List<Shape> shapes() {
    List<Shape> shapes = new ArrayList<>();
    for (int cpu : new int[] {500, 4_000, 12_000}) {
      for (Accelerator accelerator :
          List.of(
              new Accelerator.None(),
              new Accelerator.WholeGpus(Models.ANY, 1),
              new Accelerator.WholeGpus("H100-80", 4),
              new Accelerator.WholeGpus(Models.of("H100-80", "T4-16"), 2),
              new Accelerator.GpuShare(Models.ANY, 300, 2_000),
              new Accelerator.GpuShare("T4-16", 700, 9_000),
              new Accelerator.MigSlice("H100-80", "1g.10gb"),
              new Accelerator.TpuSlice("v5e", 2, 2, 1))) {
        shapes.add(new Shape(cpu, 2L * cpu, accelerator));
      }
    }
    return shapes;
  }
}
