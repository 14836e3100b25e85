package dev.berth.scheduler.core.model;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All a node offers. Processor and memory are logical, that is after overcommit (each >= 1).
 *
 * @param turnDevices cards and slices that turns share (ZeroGPU); no lease holds one, and a node
 *     without any takes no seats
 */
public record Inventory(
    long cpuMilli,
    long memoryMib,
    int cpuOvercommit,
    int memoryOvercommit,
    List<Card> cards,
    List<Torus> tori,
    Location location,
    List<TurnDevice> turnDevices) {
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

  public Inventory(
      long cpuMilli,
      long memoryMib,
      int cpuOvercommit,
      int memoryOvercommit,
      List<Card> cards,
      List<Torus> tori,
      Location location) {
    this(cpuMilli, memoryMib, cpuOvercommit, memoryOvercommit, cards, tori, location, List.of());
  }

  public Inventory {
    cards = List.copyOf(cards);
    tori = List.copyOf(tori);
    turnDevices = List.copyOf(turnDevices);
  }

  /** Device names carry chip coordinates alone, so a node has at most one torus block. */
  public @Nullable Torus torus() {
    return tori.isEmpty() ? null : tori.getFirst();
  }

  public boolean accelerated() {
    return !cards.isEmpty() || !tori.isEmpty() || !turnDevices.isEmpty();
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
        location,
        turnDevices.stream()
            .map(d -> d.name().equals(device) ? d.withHealthy(healthy) : d)
            .toList());
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
        location,
        turnDevices.stream().map(d -> d.withHealthy(true)).toList());
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
    for (TurnDevice device : turnDevices) {
      if (!device.healthy()) {
        return false;
      }
    }
    return true;
  }

  /** Cards and slices that can run turns now. */
  public int healthyTurnDevices() {
    int count = 0;
    for (TurnDevice device : turnDevices) {
      count += device.healthy() ? 1 : 0;
    }
    return count;
  }
}
