package dev.berth.agent.devices;

import dev.berth.agent.core.Footprint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What devices the node has, and every name under which a part of them may be held. */
public final class NodeInventory {
  /** The name and model of processor and memory. */
  public static final String CPU = "cpu";

  private final List<Card> cards;
  private final Optional<TpuBlock> tpu;
  private final Map<String, DeviceSpec> specs;

  public NodeInventory(List<Card> cards, Optional<TpuBlock> tpu) {
    this.cards = List.copyOf(cards);
    this.tpu = tpu;
    Map<String, DeviceSpec> all = new LinkedHashMap<>();
    cards.forEach(c -> cardSpecs(c).forEach(s -> all.put(s.name(), s)));
    tpu.ifPresent(t -> t.chips().forEach(c -> all.put(c, DeviceSpec.chip(c, t))));
    all.put(CPU, DeviceSpec.cpu());
    this.specs = Collections.unmodifiableMap(all);
  }

  public List<Card> cards() {
    return cards;
  }

  public Optional<TpuBlock> tpu() {
    return tpu;
  }

  public Optional<Card> card(String name) {
    return cards.stream().filter(c -> c.name().equals(name)).findFirst();
  }

  /** Every device name, in order. */
  public Map<String, DeviceSpec> specs() {
    return specs;
  }

  /** Cards, chips and the processor: the devices that have a timeline; name to model. */
  public Map<String, String> timelines() {
    Map<String, String> models = new LinkedHashMap<>();
    specs.values().stream()
        .filter(s -> s.name().equals(s.footprint().card()))
        .forEach(s -> models.put(s.name(), s.model()));
    return models;
  }

  private static List<DeviceSpec> cardSpecs(Card card) {
    List<DeviceSpec> specs = new ArrayList<>();
    specs.add(DeviceSpec.whole(card));
    for (MigProfile profile : card.profiles()) {
      profile.starts().forEach(start -> specs.add(DeviceSpec.mig(card, profile, start)));
    }
    specs.add(DeviceSpec.share(card));
    return specs;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NodeInventory o && cards.equals(o.cards) && tpu.equals(o.tpu);
  }

  @Override
  public int hashCode() {
    return cards.hashCode() * 31 + tpu.hashCode();
  }

  /**
   * One name under which a device may be held.
   *
   * @param memoryMib device memory behind it
   */
  public record DeviceSpec(
      String name, String model, Footprint footprint, long memoryMib, Optional<MigPlace> mig) {

    /** The device name of a MIG placement. */
    public static String nameOf(MigPlace p) {
      return p.card().name() + "-mig-" + p.profile().slug() + "-" + p.start();
    }

    static DeviceSpec whole(Card c) {
      Footprint all = new Footprint.Whole(c.name());
      return new DeviceSpec(c.name(), c.model(), all, c.memoryMib(), Optional.empty());
    }

    static DeviceSpec mig(Card c, MigProfile p, int start) {
      return new DeviceSpec(
          nameOf(new MigPlace(c, p, start)),
          c.model(),
          new Footprint.Mig(c.name(), p.mask(start)),
          p.memoryMib(),
          Optional.of(new MigPlace(c, p, start)));
    }

    static DeviceSpec share(Card c) {
      Footprint any = new Footprint.Share(c.name(), 0);
      return new DeviceSpec(c.name() + "-share", c.model(), any, c.memoryMib(), Optional.empty());
    }

    static DeviceSpec chip(String name, TpuBlock t) {
      Footprint chip = new Footprint.Whole(name);
      return new DeviceSpec(name, t.generation(), chip, t.chipMemoryMib(), Optional.empty());
    }

    static DeviceSpec cpu() {
      return new DeviceSpec(CPU, CPU, new Footprint.Common(CPU), 0, Optional.empty());
    }
  }
}
