package dev.berth.agent.devices.nvidia;

import dev.berth.agent.devices.Card;
import dev.berth.agent.devices.MigInstance;
import dev.berth.agent.devices.MigPlace;
import dev.berth.agent.devices.NodeInventory;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Joins a row of mig -lgi with the card it is on and the UUID of its MIG device. */
final class MigJoin {
  private MigJoin() {}

  static Optional<MigInstance> instance(
      SmiText.Instance row,
      NodeInventory inventory,
      Map<Integer, Map<Integer, String>> uuids,
      List<SmiXml.Gpu> details) {
    return inventory
        .card("gpu-" + row.gpu())
        .flatMap(card -> place(card, row))
        .map(p -> new MigInstance(p, row.id(), uuid(row, p.card(), uuids, details)));
  }

  private static Optional<MigPlace> place(Card card, SmiText.Instance row) {
    return card.profiles().stream()
        .filter(p -> p.id() == row.profileId())
        .findFirst()
        .map(p -> new MigPlace(card, p, row.start()));
  }

  /** Empty while the instance has no compute instance. */
  private static String uuid(
      SmiText.Instance row,
      Card card,
      Map<Integer, Map<Integer, String>> uuids,
      List<SmiXml.Gpu> details) {
    return details.stream()
        .filter(d -> d.uuid().equals(card.uuid()))
        .flatMap(d -> d.migs().stream())
        .filter(m -> m.gpuInstance() == row.id())
        .findFirst()
        .map(m -> uuids.getOrDefault(row.gpu(), Map.of()).getOrDefault(m.index(), ""))
        .orElse("");
  }
}
