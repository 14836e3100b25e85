package dev.berth.scheduler.core.pack;

import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.model.Inventory;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Finds the kind of a node; equal inventories have the same. */
final class NodeKinds {
  /** Inventories come and go with the health of cards: from here on it starts anew. */
  private static final int MOST = 1 << 20;

  private final Map<Inventory, NodeKind> byInventory = new IdentityHashMap<>();
  private final Map<Inventory, NodeKind> byContent = new HashMap<>();
  private final ModelBits bits;
  private final Scarcity scarcity;
  private final WholeNodes whole;

  NodeKinds(ModelBits bits, Scarcity scarcity, WholeNodes whole) {
    this.bits = bits;
    this.scarcity = scarcity;
    this.whole = whole;
  }

  static NodeKinds of(SupplyDemand supplyDemand) {
    ModelBits bits = new ModelBits();
    return new NodeKinds(
        bits, new Scarcity(supplyDemand, bits), new WholeNodes(supplyDemand, bits));
  }

  NodeKind of(Node node) {
    NodeKind known = byInventory.get(node.inventory());
    return known == null ? find(node.inventory()) : known;
  }

  private NodeKind find(Inventory inventory) {
    if (byInventory.size() >= MOST) {
      byInventory.clear();
    }
    NodeKind kind = byContent.computeIfAbsent(NodeKind.content(inventory), this::kind);
    byInventory.put(inventory, kind);
    return kind;
  }

  private NodeKind kind(Inventory inventory) {
    List<String> names = inventory.cards().stream().map(card -> card.model()).toList();
    long[] models = names.stream().mapToLong(bits::bit).toArray();
    SupplyDemand.Supply supply = SupplyDemand.supply(inventory);
    return new NodeKind(inventory, models, scarcity.of(supply), whole.price(supply));
  }
}
