package dev.berth.scheduler.core.model;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All a node offers. Processor and memory are logical, that is after overcommit (each >= 1). */
public record Inventory(
    long cpuMilli,
    long memoryMib,
    int cpuOvercommit,
    int memoryOvercommit,
    List<Card> cards,
    List<Torus> tori,
    Location location) {
  public static final Inventory NOTHING = new Inventory(0, 0, 1, 1, List.of(), List.of());

  public Inventory(
      long cpuMilli,
      long memoryMib,
      int cpuOvercommit,
      int memoryOvercommit,
      List<Card> cards,
      List<Torus> tori) {
    this(cpuMilli, memoryMib, cpuOvercommit, memoryOvercommit, cards, tori, Location.UNKNOWN);
  }

  public Inventory {
    cards = List.copyOf(cards);
    tori = List.copyOf(tori);
  }

  /** Device names carry chip coordinates alone, so a node has at most one torus block. */
  public @Nullable Torus torus() {
    return tori.isEmpty() ? null : tori.getFirst();
  }

  public boolean accelerated() {
    return !cards.isEmpty() || !tori.isEmpty();
  }

  public Inventory withHealth(String device, boolean healthy) {
    return new Inventory(
        cpuMilli,
        memoryMib,
        cpuOvercommit,
        memoryOvercommit,
        cards.stream().map(c -> c.name().equals(device) ? c.withHealthy(healthy) : c).toList(),
        device.startsWith("tpu-")
            ? tori.stream().map(t -> t.withHealthy(device, healthy)).toList()
            : tori,
        location);
  }

  /** The same devices, all of them healthy. */
  public Inventory allHealthy() {
    if (healthy()) {
      return this;
    }
    return new Inventory(
        cpuMilli,
        memoryMib,
        cpuOvercommit,
        memoryOvercommit,
        cards.stream().map(c -> c.withHealthy(true)).toList(),
        tori.stream().map(t -> t.withUnhealthy(Set.of())).toList(),
        location);
  }

  private boolean healthy() {
    for (Card card : cards) {
      if (!card.healthy()) {
        return false;
      }
    }
    for (Torus torus : tori) {
      if (!torus.unhealthy().isEmpty()) {
        return false;
      }
    }
    return true;
  }
}
