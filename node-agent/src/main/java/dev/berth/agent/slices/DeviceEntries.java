package dev.berth.agent.slices;

import dev.berth.agent.core.Footprint;
import dev.berth.agent.devices.Card;
import dev.berth.agent.devices.MigPlace;
import dev.berth.agent.devices.NodeInventory.DeviceSpec;
import dev.berth.agent.scheduler.NodeCapacity;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.resource.v1.Device;
import io.fabric8.kubernetes.api.model.resource.v1.DeviceAttribute;
import io.fabric8.kubernetes.api.model.resource.v1.DeviceAttributeBuilder;
import io.fabric8.kubernetes.api.model.resource.v1.DeviceBuilder;
import io.fabric8.kubernetes.api.model.resource.v1.DeviceCapacity;
import io.fabric8.kubernetes.api.model.resource.v1.DeviceTaintBuilder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** One device name as an entry of a ResourceSlice. */
final class DeviceEntries {
  private static final String TAINT = "berth.dev/unhealthy";
  private static final int LONGEST_TAINT_VALUE = 63;

  private DeviceEntries() {}

  static Device of(
      DeviceSpec spec, Optional<Card> card, Map<String, String> unhealthy, NodeCapacity capacity) {
    DeviceBuilder device =
        new DeviceBuilder()
            .withName(spec.name())
            .withAttributes(attributes(spec, card))
            .withCapacity(capacity(spec, capacity));
    card.ifPresent(c -> device.addToConsumesCounters(CardCounters.consumedBy(spec, c)));
    if (shared(spec)) {
      device.withAllowMultipleAllocations(true);
    }
    String reason = unhealthy.get(spec.footprint().card());
    if (reason != null) {
      device.addToTaints(
          new DeviceTaintBuilder()
              .withKey(TAINT)
              .withValue(taintValue(reason))
              .withEffect("NoSchedule")
              .build());
    }
    return device.build();
  }

  private static boolean shared(DeviceSpec spec) {
    return switch (spec.footprint()) {
      case Footprint.Share _, Footprint.Common _ -> true;
      case Footprint.Whole _, Footprint.Mig _ -> false;
    };
  }

  private static Map<String, DeviceAttribute> attributes(DeviceSpec spec, Optional<Card> card) {
    Map<String, DeviceAttribute> all = new LinkedHashMap<>();
    all.put("kind", text(kind(spec, card)));
    all.put("model", text(spec.model()));
    card.ifPresent(c -> card(c, all));
    spec.mig().ifPresent(p -> mig(p, all));
    return all;
  }

  private static String kind(DeviceSpec spec, Optional<Card> card) {
    return switch (spec.footprint()) {
      case Footprint.Whole _ -> card.isPresent() ? "gpu" : "tpu";
      case Footprint.Mig _ -> "mig";
      case Footprint.Share _ -> "share";
      case Footprint.Common _ -> "cpu";
    };
  }

  private static void card(Card card, Map<String, DeviceAttribute> all) {
    all.put("uuid", text(card.uuid()));
    all.put("index", number(card.index()));
    if (!card.linkGroup().isEmpty()) {
      all.put("linkGroup", text(card.linkGroup()));
    }
  }

  private static void mig(MigPlace place, Map<String, DeviceAttribute> all) {
    all.put("profile", text(place.profile().name()));
    all.put("profileId", number(place.profile().id()));
    all.put("start", number(place.start()));
  }

  private static Map<String, DeviceCapacity> capacity(DeviceSpec spec, NodeCapacity node) {
    return switch (spec.footprint()) {
      case Footprint.Common _ ->
          Map.of("cpu", amount(node.cpuMilli() + "m"), "memory", amount(node.memoryMib() + "Mi"));
      case Footprint.Share _ ->
          Map.of("milli", amount("1000"), "memory", amount(spec.memoryMib() + "Mi"));
      case Footprint.Whole _, Footprint.Mig _ -> Map.of("memory", amount(spec.memoryMib() + "Mi"));
    };
  }

  private static DeviceCapacity amount(String quantity) {
    return new DeviceCapacity(null, new Quantity(quantity));
  }

  private static DeviceAttribute text(String value) {
    return new DeviceAttributeBuilder().withString(value).build();
  }

  private static DeviceAttribute number(int value) {
    return new DeviceAttributeBuilder().withInt((long) value).build();
  }

  /** Taint values are label values. */
  private static String taintValue(String reason) {
    String value = reason.replaceAll("[^A-Za-z0-9_.-]+", "-");
    String cut = value.substring(0, Math.min(value.length(), LONGEST_TAINT_VALUE));
    return cut.replaceAll("^[^A-Za-z0-9]+|[^A-Za-z0-9]+$", "");
  }
}
