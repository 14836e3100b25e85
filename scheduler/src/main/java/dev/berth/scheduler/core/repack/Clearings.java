package dev.berth.scheduler.core.repack;

import dev.berth.scheduler.core.defrag.MoveCost;
import dev.berth.scheduler.core.fit.Fit;
import dev.berth.scheduler.core.fit.NodeFit;
import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.fleet.Occupancy;
import dev.berth.scheduler.core.model.Device;
import dev.berth.scheduler.core.model.Shape;
import dev.berth.scheduler.core.repack.Movables.Movable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Who must leave a node so that a shape fits: every single one that does, else every pair, else one
 * larger set, of the cheapest. Of victims that are alike only one is looked at.
 */
final class Clearings {
  private static final int MOST_VICTIMS = 12;

  private static final Comparator<Movable> CHEAPEST =
      Comparator.comparingLong(Movable::cost).thenComparing(m -> m.lease().id());

  private final Movables movables;

  Clearings(Movables movables) {
    this.movables = movables;
  }

  /** Only those leave who can go elsewhere. */
  List<Clearing> of(Node node, Shape shape, boolean single, Predicate<Movable> canGo) {
    List<Clearing> found = new ArrayList<>();
    if (!node.ready() || !NodeFit.mightEver(node, shape)) {
      return found;
    }
    List<Movable> all = new ArrayList<>();
    for (Movable one : movables.on(node)) {
      if (canGo.test(one)) {
        all.add(one);
      }
    }
    if (all.isEmpty()) {
      return found;
    }
    Missing missing = Missing.of(node, shape);
    Set<Object> seen = new HashSet<>();
    for (Movable one : all) {
      if (missing.covered(one) && seen.add(alike(one))) {
        add(node.without(one.lease().id()), List.of(one), shape, found);
      }
    }
    if (found.isEmpty() && !single) {
      pairs(node, all, missing, shape, found);
    }
    if (found.isEmpty() && !single) {
      many(node, all, shape, found);
    }
    return found;
  }

  private record Alike(Kind kind, List<Device> devices) {}

  private static Alike alike(Movable one) {
    return new Alike(one.kind(), one.lease().devices());
  }

  private static void add(Node rest, List<Movable> victims, Shape shape, List<Clearing> found) {
    if (NodeFit.of(rest, shape) instanceof Fit.Fits) {
      found.add(new Clearing(rest, victims));
    }
  }

  private static void pairs(
      Node node, List<Movable> all, Missing missing, Shape shape, List<Clearing> found) {
    Set<Object> seen = new HashSet<>();
    for (int i = 0; i < all.size(); i++) {
      Node rest = node.without(all.get(i).lease().id());
      for (int j = i + 1; j < all.size(); j++) {
        Movable one = all.get(i);
        Movable other = all.get(j);
        if (missing.covered(one, other) && seen.add(List.of(alike(one), alike(other)))) {
          add(rest.without(other.lease().id()), List.of(one, other), shape, found);
        }
      }
    }
  }

  /** The cheapest leave until it fits; then those come back who need not have left. */
  private static void many(Node node, List<Movable> all, Shape shape, List<Clearing> found) {
    List<Movable> order = new ArrayList<>(all);
    order.sort(CHEAPEST);
    Node rest = node;
    int count = 0;
    while (count < order.size() && !(NodeFit.of(rest, shape) instanceof Fit.Fits)) {
      rest = rest.without(order.get(count++).lease().id());
    }
    if (!(NodeFit.of(rest, shape) instanceof Fit.Fits)) {
      return;
    }
    List<Movable> victims = new ArrayList<>(order.subList(0, count));
    for (Movable victim : List.copyOf(victims).reversed()) {
      Node back = rest.with(victim.lease());
      if (NodeFit.of(back, shape) instanceof Fit.Fits) {
        rest = back;
        victims.remove(victim);
      }
    }
    if (victims.size() <= MOST_VICTIMS) {
      found.add(new Clearing(rest, victims));
    }
  }

  /** What the node is short of in sum; a quick look before the exact one. */
  private record Missing(long cpuMilli, long memoryMib, long milliDevices) {
    static Missing of(Node node, Shape shape) {
      long free = 0;
      for (Occupancy card : node.cards()) {
        free +=
            switch (card) {
              case Occupancy.Free none -> 1_000;
              case Occupancy.Shared shared -> 1_000 - shared.milli();
              case Occupancy.Cut cut -> 1_000;
              case Occupancy.Whole whole -> 0;
            };
      }
      return new Missing(
          shape.cpuMilli() - node.cpuFree(),
          shape.memoryMib() - node.memoryFree(),
          node.cards().isEmpty() ? 0 : MoveCost.milliGpus(shape) - free);
    }

    boolean covered(Movable one) {
      return one.lease().cpuMilli() >= cpuMilli
          && one.lease().memoryMib() >= memoryMib
          && MoveCost.milliDevices(one.lease()) >= milliDevices;
    }

    boolean covered(Movable one, Movable other) {
      return one.lease().cpuMilli() + other.lease().cpuMilli() >= cpuMilli
          && one.lease().memoryMib() + other.lease().memoryMib() >= memoryMib
          && MoveCost.milliDevices(one.lease()) + MoveCost.milliDevices(other.lease())
              >= milliDevices;
    }
  }
}
