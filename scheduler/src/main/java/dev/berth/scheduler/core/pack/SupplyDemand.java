package dev.berth.scheduler.core.pack;

import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.model.Card;
import dev.berth.scheduler.core.model.Inventory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the fleet has and what is typically asked of it: the ground of all ranking. It is looked at
 * anew from time to time, so that costs can be remembered in between. {@code sinceNanos} is when.
 * The mix may be {@code given} and not learned; the fleet is {@code turning} when placements end,
 * so that nodes can become empty.
 */
public record SupplyDemand(
    Mix mix, List<Supply> supplies, long sinceNanos, boolean given, boolean turning) {
  public static final SupplyDemand UNKNOWN =
      new SupplyDemand(Mix.UNKNOWN, List.of(), 0, false, false);

  /** {@code nodes} nodes of one kind: processor, memory, and cards by model. */
  public record Supply(long cpuMilli, long memoryMib, List<String> cards, int nodes) {
    public Supply {
      cards = List.copyOf(cards);
    }
  }

  public SupplyDemand {
    supplies = List.copyOf(supplies);
  }

  /** A mix that was learned just now, of a fleet where placements hardly end. */
  public SupplyDemand(Mix mix, List<Supply> supplies, long sinceNanos) {
    this(mix, supplies, sinceNanos, false, false);
  }

  /** Groups the nodes by kind, in an order that depends on the kinds alone. */
  public static List<Supply> supplies(Collection<Node> nodes) {
    Map<String, Supply> byKind = new TreeMap<>();
    for (Node node : nodes) {
      Supply one = supply(node.inventory());
      byKind.merge(kind(one), one, SupplyDemand::add);
    }
    return new ArrayList<>(byKind.values());
  }

  static Supply supply(Inventory inventory) {
    List<String> cards = inventory.cards().stream().map(Card::model).sorted().toList();
    return new Supply(inventory.cpuMilli(), inventory.memoryMib(), cards, 1);
  }

  static String kind(Supply supply) {
    return supply.cpuMilli() + "/" + supply.memoryMib() + "/" + supply.cards();
  }

  private static Supply add(Supply sum, Supply one) {
    return new Supply(sum.cpuMilli(), sum.memoryMib(), sum.cards(), sum.nodes() + one.nodes());
  }
}
