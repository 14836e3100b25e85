package dev.berth.agent.devices.simulated;

import dev.berth.agent.devices.Card;
import dev.berth.agent.devices.Catalog;
import dev.berth.agent.devices.Catalog.CardModel;
import dev.berth.agent.devices.Catalog.TpuModel;
import dev.berth.agent.devices.NodeInventory;
import dev.berth.agent.devices.TpuBlock;
import dev.berth.agent.devices.simulated.SimulatedNode.CardGroup;
import dev.berth.api.process.ConfigException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** From the YAML of a simulated node to its inventory. */
final class SimulatedInventory {
  private static final Pattern BLOCK = Pattern.compile("([1-9]\\d?)x([1-9]\\d?)(?:x([1-9]\\d?))?");
  private final Catalog catalog;
  private final String node;

  SimulatedInventory(Catalog catalog, String node) {
    this.catalog = catalog;
    this.node = node;
  }

  NodeInventory of(SimulatedNode yaml) {
    List<Card> cards = new ArrayList<>();
    for (CardGroup group : yaml.cards()) {
      CardModel model = model(group);
      for (int i = 0; i < group.count(); i++) {
        cards.add(card(cards.size(), model, group.linkGroup() == null ? "" : group.linkGroup()));
      }
    }
    return new NodeInventory(cards, Optional.ofNullable(yaml.tpu()).map(this::block));
  }

  private CardModel model(CardGroup group) {
    return catalog
        .card(group.model())
        .orElseThrow(
            () ->
                new ConfigException(
                    "Simulated card model '"
                        + group.model()
                        + "' is unknown; expected one of "
                        + catalog.cardModels()));
  }

  private Card card(int index, CardModel model, String linkGroup) {
    return new Card(
        index,
        "GPU-" + id("gpu-" + index),
        model.model(),
        model.memoryMib(),
        linkGroup,
        model.migUnits(),
        model.migSlices(),
        catalog.profiles(model.model()));
  }

  /** The same for the same node and name, as a real UUID stays with its card. */
  UUID id(String name) {
    return UUID.nameUUIDFromBytes((node + "/" + name).getBytes(StandardCharsets.UTF_8));
  }

  private TpuBlock block(SimulatedNode.Tpu tpu) {
    TpuModel model =
        catalog
            .tpu(tpu.generation())
            .orElseThrow(
                () ->
                    new ConfigException(
                        "Simulated TPU generation '"
                            + tpu.generation()
                            + "' is unknown; expected one of "
                            + catalog.tpuGenerations()));
    Matcher m = BLOCK.matcher(tpu.block());
    if (!m.matches()) {
      throw new ConfigException(
          "Simulated TPU block '" + tpu.block() + "' is not of the form 2x4 or 2x4x1");
    }
    int z = m.group(3) == null ? 1 : Integer.parseInt(m.group(3));
    return new TpuBlock(
        model.generation(),
        Integer.parseInt(m.group(1)),
        Integer.parseInt(m.group(2)),
        z,
        model.chipMemoryMib());
  }
}
