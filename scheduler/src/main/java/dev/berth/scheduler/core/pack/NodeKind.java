package dev.berth.scheduler.core.pack;

import dev.berth.scheduler.core.model.Card;
import dev.berth.scheduler.core.model.Inventory;
import dev.berth.scheduler.core.model.Location;
import dev.berth.scheduler.core.model.Torus;
import dev.berth.scheduler.core.model.TurnDevice;
import java.util.List;

/**
 * What nodes with equal inventories have in common, whatever runs on them. One object for all of
 * them, so equal kinds are the same object. {@code load} is how much choosy demand waits for such
 * nodes, {@code wholePrice} what an empty one is worth to demand for all its cards (1 on average).
 */
final class NodeKind {
  /** For rankings that look at each node itself. */
  static final NodeKind UNKNOWN = new NodeKind(Inventory.NOTHING, new long[0], 0, 0);

  final boolean accelerated;

  /** The bit of each card's model, and all of them. */
  final long[] models;

  final long modelsOfAll;

  /** Of each card; less than 0 when it is unhealthy. */
  final long[] cardMemoryMib;

  /** Whether cards are in several NVLink groups, so that it matters which are taken. */
  final boolean linked;

  final double load;
  final double wholePrice;

  NodeKind(Inventory inventory, long[] models, double load, double wholePrice) {
    List<Card> cards = inventory.cards();
    cardMemoryMib = new long[models.length];
    long all = 0;
    boolean several = false;
    for (int i = 0; i < models.length; i++) {
      all |= models[i];
      several |= !cards.get(i).linkGroup().equals(cards.getFirst().linkGroup());
      cardMemoryMib[i] = cards.get(i).healthy() ? cards.get(i).memoryMib() : -1;
    }
    this.models = models;
    this.load = load;
    this.wholePrice = wholePrice;
    accelerated = inventory.accelerated();
    modelsOfAll = all;
    linked = several;
  }

  /** Whether rooms are equal when their cards are, in whatever order. */
  boolean orderless() {
    return !linked && Long.bitCount(modelsOfAll) <= 1;
  }

  /** All that tells kinds apart: the inventory without serial numbers and places. */
  static Inventory content(Inventory inventory) {
    return new Inventory(
        inventory.cpuMilli(),
        inventory.memoryMib(),
        1,
        1,
        inventory.cards().stream().map(NodeKind::anonymous).toList(),
        inventory.tori().stream().map(NodeKind::anywhere).toList(),
        Location.UNKNOWN,
        inventory.turnDevices().stream().map(NodeKind::anonymous).toList());
  }

  private static TurnDevice anonymous(TurnDevice device) {
    return new TurnDevice(device.name(), "", device.model(), device.memoryMib(), device.healthy());
  }

  private static Card anonymous(Card card) {
    return new Card(
        card.index(),
        "",
        card.model(),
        card.memoryMib(),
        card.linkGroup(),
        card.healthy(),
        card.migUnits(),
        card.migCompute(),
        card.profiles());
  }

  private static Torus anywhere(Torus torus) {
    return new Torus(
        torus.generation(),
        torus.x(),
        torus.y(),
        torus.z(),
        torus.chipMemoryMib(),
        torus.unhealthy());
  }
}
