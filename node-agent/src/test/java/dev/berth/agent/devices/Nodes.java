package dev.berth.agent.devices;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Inventories for tests. */
public final class Nodes {
  private Nodes() {}

  public static NodeInventory of(String model, int count) {
    Catalog catalog = new Catalog();
    Catalog.CardModel m = catalog.card(model).orElseThrow();
    List<Card> cards = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      cards.add(
          new Card(
              i,
              "GPU-00000000-0000-0000-0000-00000000000" + i,
              model,
              m.memoryMib(),
              "nvlink-0",
              m.migUnits(),
              m.migSlices(),
              catalog.profiles(model)));
    }
    return new NodeInventory(cards, Optional.empty());
  }
}
