package dev.berth.agent.turns.devices;

import dev.berth.agent.devices.NodeInventory;
import dev.berth.agent.devices.NodeInventory.DeviceSpec;
import dev.berth.api.process.ConfigException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which configured devices get which index: 2n and 2n+1 are a pair. Slices pair within their card,
 * cards with the next card.
 */
final class Pairing {
  private Pairing() {}

  static Map<Integer, DeviceSpec> indices(List<String> names, NodeInventory inventory) {
    Map<String, List<DeviceSpec>> slices = new LinkedHashMap<>();
    List<DeviceSpec> cards = new ArrayList<>();
    for (String name : names) {
      DeviceSpec spec = spec(name, inventory);
      if (spec.mig().isPresent()) {
        slices.computeIfAbsent(spec.footprint().card(), _ -> new ArrayList<>()).add(spec);
      } else {
        cards.add(spec);
      }
    }
    Map<Integer, DeviceSpec> indices = new LinkedHashMap<>();
    int next = place(cards, 0, indices);
    for (List<DeviceSpec> ofCard : slices.values()) {
      overlaps(ofCard, cards);
      next = place(ofCard, next, indices);
    }
    return indices;
  }

  private static DeviceSpec spec(String name, NodeInventory inventory) {
    DeviceSpec spec = inventory.specs().get(name);
    boolean usable = spec != null && (spec.mig().isPresent() || inventory.card(name).isPresent());
    if (spec == null || !usable) {
      throw new ConfigException(
          "zeroGpu.devices names '%s', which this node does not have; expected a card (gpu-0) or a slice (gpu-0-mig-3g-71gb-4)"
              .formatted(name));
    }
    return spec;
  }

  private static void overlaps(List<DeviceSpec> slices, List<DeviceSpec> cards) {
    for (DeviceSpec one : slices) {
      boolean clash =
          cards.contains(one)
              || cards.stream().anyMatch(c -> c.name().equals(one.footprint().card()))
              || slices.stream()
                  .anyMatch(o -> o != one && o.footprint().conflictsWith(one.footprint()));
      if (clash) {
        throw new ConfigException(
            "zeroGpu.devices names "
                + one.name()
                + " and another device of the same card that overlaps with it");
      }
    }
  }

  /** An odd one stands alone: the next index starts a pair. */
  private static int place(List<DeviceSpec> specs, int from, Map<Integer, DeviceSpec> to) {
    int next = from;
    for (DeviceSpec spec : specs) {
      to.put(next, spec);
      next++;
    }
    return next + next % 2;
  }
}
