package dev.berth.scheduler.wire;

import dev.berth.api.scheduler.v1.CapacityResponse;
import dev.berth.api.scheduler.v1.CardCapacity;
import dev.berth.api.scheduler.v1.NodeCapacity;
import dev.berth.scheduler.core.State;
import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.fleet.Occupancy;
import dev.berth.scheduler.core.model.Card;
import dev.berth.scheduler.core.model.Torus;
import java.util.stream.Collectors;

/** Free and total of each node. */
public final class Capacities {
  private Capacities() {}

  public static CapacityResponse write(State state) {
    return CapacityResponse.newBuilder()
        .setEpoch(state.epoch())
        .addAllNodes(state.nodes().values().stream().map(Capacities::write).toList())
        .build();
  }

  private static NodeCapacity write(Node node) {
    NodeCapacity.Builder wire =
        NodeCapacity.newBuilder()
            .setNode(node.name())
            .setReady(node.ready())
            .setCpuMilliTotal(node.inventory().cpuMilli())
            .setCpuMilliFree(node.cpuFree())
            .setMemoryMibTotal(node.inventory().memoryMib())
            .setMemoryMibFree(node.memoryFree());
    for (int i = 0; i < node.cards().size(); i++) {
      wire.addCards(write(node.inventory().cards().get(i), node.cards().get(i)));
    }
    Torus torus = node.inventory().torus();
    if (torus != null) {
      wire.addCards(write(torus, node.chips()));
    }
    return wire.build();
  }

  private static CardCapacity write(Card card, Occupancy occupancy) {
    CardCapacity.Builder wire =
        CardCapacity.newBuilder()
            .setName(card.name())
            .setModel(card.model())
            .setHealthy(card.healthy());
    return switch (occupancy) {
      case Occupancy.Free free -> left(wire, 1000, card.memoryMib(), "free");
      case Occupancy.Whole whole -> left(wire, 0, 0, "whole");
      case Occupancy.Shared shared ->
          left(
              wire,
              1000 - shared.milli(),
              card.memoryMib() - shared.memoryMib(),
              "share " + shared.milli() + "m");
      case Occupancy.Cut cut -> left(wire, milliFree(card, cut), memoryFree(card, cut), text(cut));
    };
  }

  private static CardCapacity left(
      CardCapacity.Builder wire, int milli, long memoryMib, String occupancy) {
    return wire.setMilliFree(milli).setMemoryMibFree(memoryMib).setOccupancy(occupancy).build();
  }

  private static String text(Occupancy.Cut cut) {
    return cut.instances().stream()
        .map(instance -> instance.profile() + "@" + instance.start())
        .collect(Collectors.joining(" "));
  }

  private static int milliFree(Card card, Occupancy.Cut cut) {
    int taken = Integer.bitCount(cut.mask() & ((1 << card.migUnits()) - 1));
    return card.migUnits() == 0 ? 0 : 1000 * (card.migUnits() - taken) / card.migUnits();
  }

  private static long memoryFree(Card card, Occupancy.Cut cut) {
    long taken = card.profiles().stream().mapToLong(p -> cut.count(p.name()) * p.memoryMib()).sum();
    return Math.max(0, card.memoryMib() - taken);
  }

  private static CardCapacity write(Torus torus, long taken) {
    int free = torus.chips() - Long.bitCount(taken);
    String occupancy =
        free == torus.chips() ? "free" : free + " of " + torus.chips() + " chips free";
    CardCapacity.Builder wire =
        CardCapacity.newBuilder()
            .setName("tpu")
            .setModel(torus.generation())
            .setHealthy(torus.unhealthy().isEmpty());
    return left(wire, free * 1000, free * torus.chipMemoryMib(), occupancy);
  }
}
