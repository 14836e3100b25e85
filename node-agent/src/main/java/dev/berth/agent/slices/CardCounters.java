package dev.berth.agent.slices;

import dev.berth.agent.core.Footprint;
import dev.berth.agent.devices.Card;
import dev.berth.agent.devices.MigProfile;
import dev.berth.agent.devices.NodeInventory.DeviceSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.resource.v1.Counter;
import io.fabric8.kubernetes.api.model.resource.v1.CounterSet;
import io.fabric8.kubernetes.api.model.resource.v1.DeviceCounterConsumption;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the parts of one card compete for: each MIG memory unit, compute slices, the media engines.
 * A whole card and a share take all of it, so they exclude each other and every instance.
 */
final class CardCounters {
  private CardCounters() {}

  static CounterSet set(Card card) {
    return new CounterSet(all(card), name(card));
  }

  static DeviceCounterConsumption consumedBy(DeviceSpec spec, Card card) {
    Map<String, Counter> counters =
        switch (spec.footprint()) {
          case Footprint.Mig mig ->
              spec.mig().map(p -> instance(mig, p.profile())).orElseGet(() -> all(card));
          case Footprint.Whole _, Footprint.Share _, Footprint.Common _ -> all(card);
        };
    return new DeviceCounterConsumption(name(card), counters);
  }

  private static String name(Card card) {
    return card.name() + "-counters";
  }

  private static Map<String, Counter> all(Card card) {
    Map<String, Counter> counters = new LinkedHashMap<>();
    int units = Math.max(1, card.migUnits());
    for (int unit = 0; unit < units; unit++) {
      counters.put("memory-unit-" + unit, count(1));
    }
    counters.put("compute-slices", count(Math.max(1, card.migSlices())));
    counters.put("media-engines", count(1));
    return counters;
  }

  private static Map<String, Counter> instance(Footprint.Mig mig, MigProfile profile) {
    Map<String, Counter> counters = new LinkedHashMap<>();
    for (int unit = 0; unit < Long.SIZE; unit++) {
      if ((mig.memoryMask() >>> unit & 1) == 1) {
        counters.put("memory-unit-" + unit, count(1));
      }
    }
    counters.put("compute-slices", count(profile.computeSlices()));
    if (profile.media()) {
      counters.put("media-engines", count(1));
    }
    return counters;
  }

  private static Counter count(int value) {
    return new Counter(new Quantity(Integer.toString(value)));
  }
}
