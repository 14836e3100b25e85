package dev.berth.scheduler.core.fleet;

import dev.berth.collect.OrderedMap;
import dev.berth.scheduler.core.model.Card;
import dev.berth.scheduler.core.model.Device;
import dev.berth.scheduler.core.model.Inventory;
import dev.berth.scheduler.core.model.Lease;
import dev.berth.scheduler.core.model.MigProfile;
import dev.berth.scheduler.core.model.Torus;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * One node and what is taken on it. {@code cards} is parallel to the inventory's cards; {@code
 * chips} has a bit for each taken chip of the torus. All of it follows from the leases.
 */
public record Node(
    String name,
    Inventory inventory,
    boolean ready,
    long lastSeenNanos,
    OrderedMap<String, Lease> leases,
    long cpuUsed,
    long memoryUsed,
    List<Occupancy> cards,
    long chips) {

  /** A node without leases that has not been heard of yet. */
  public static Node of(String name, Inventory inventory) {
    List<Occupancy> free = Collections.nCopies(inventory.cards().size(), new Occupancy.Free());
    return new Node(name, inventory, false, 0, OrderedMap.empty(), 0, 0, List.copyOf(free), 0);
  }

  public long cpuFree() {
    return inventory.cpuMilli() - cpuUsed;
  }

  public long memoryFree() {
    return inventory.memoryMib() - memoryUsed;
  }

  public Node seen(long now) {
    return ready(true, now);
  }

  public Node lost() {
    return ready(false, lastSeenNanos);
  }

  /** The same node as if nothing were taken and everything healthy and heartbeating. */
  public Node emptied() {
    return of(name, inventory.allHealthy()).seen(lastSeenNanos);
  }

  /** The same leases over another inventory; usage is counted anew. */
  public Node withInventory(Inventory now) {
    Node node = of(name, now).ready(ready, lastSeenNanos);
    for (Lease lease : leases.values()) {
      node = node.with(lease);
    }
    return node;
  }

  public Node with(Lease lease) {
    List<Occupancy> taken = new ArrayList<>(cards);
    long bits = chips;
    for (Device device : lease.devices()) {
      bits |= take(lease.id(), device, taken);
    }
    return holding(
        leases.with(lease.id(), lease),
        cpuUsed + lease.cpuMilli(),
        memoryUsed + lease.memoryMib(),
        taken,
        bits);
  }

  public Node without(String leaseId) {
    Lease lease = leases.get(leaseId);
    if (lease == null) {
      return this;
    }
    return holding(
        leases.without(leaseId),
        cpuUsed - lease.cpuMilli(),
        memoryUsed - lease.memoryMib(),
        cards.stream().map(c -> c.give(leaseId)).toList(),
        chips & ~chipBits(lease));
  }

  /** Marks {@code device} in {@code taken}; returns the chip bits it takes. */
  private long take(String lease, Device device, List<Occupancy> taken) {
    return switch (device) {
      case Device.Cpu cpu -> 0;
      case Device.Seat seat -> 0;
      case Device.TpuChip chip -> chipBit(chip);
      case Device.WholeGpu gpu -> {
        int at = position(gpu.card());
        if (at >= 0) {
          taken.set(at, taken.get(at).takeWhole(lease));
        }
        yield 0;
      }
      case Device.MigInstance mig -> {
        int at = position(mig.card());
        if (at >= 0) {
          taken.set(at, taken.get(at).take(instance(lease, mig, inventory.cards().get(at))));
        }
        yield 0;
      }
      case Device.ShareOfGpu share -> {
        int at = position(share.card());
        if (at >= 0) {
          Occupancy.Part part = new Occupancy.Part(lease, share.milli(), share.memoryMib());
          taken.set(at, taken.get(at).take(part));
        }
        yield 0;
      }
    };
  }

  /** Where the card with this index stands in the inventory; -1 when the agent lists it no more. */
  private int position(int card) {
    for (int i = 0; i < inventory.cards().size(); i++) {
      if (inventory.cards().get(i).index() == card) {
        return i;
      }
    }
    return -1;
  }

  /** An instance whose profile the card lists no more takes the whole card, to be safe. */
  private static Occupancy.Instance instance(String lease, Device.MigInstance mig, Card card) {
    for (MigProfile profile : card.profiles()) {
      if (profile.name().equals(mig.profile())) {
        int mask = profile.mask(mig.start());
        return new Occupancy.Instance(
            lease, mig.profile(), mig.start(), mask, profile.computeSlices(), profile.media());
      }
    }
    return new Occupancy.Instance(lease, mig.profile(), mig.start(), -1, card.migCompute(), true);
  }

  private long chipBits(Lease lease) {
    long bits = 0;
    for (Device device : lease.devices()) {
      bits |= device instanceof Device.TpuChip chip ? chipBit(chip) : 0;
    }
    return bits;
  }

  private long chipBit(Device.TpuChip chip) {
    Torus torus = inventory.torus();
    return torus != null && torus.contains(chip.x(), chip.y(), chip.z())
        ? torus.bit(chip.x(), chip.y(), chip.z())
        : 0;
  }

  private Node ready(boolean now, long seen) {
    return new Node(name, inventory, now, seen, leases, cpuUsed, memoryUsed, cards, chips);
  }

  private Node holding(
      OrderedMap<String, Lease> held, long cpu, long memory, List<Occupancy> taken, long bits) {
    return new Node(
        name, inventory, ready, lastSeenNanos, held, cpu, memory, List.copyOf(taken), bits);
  }
}
