package dev.berth.scheduler.core.fit;

import dev.berth.collect.OrderedMap;
import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.model.Device;
import dev.berth.scheduler.core.model.Inventory;
import dev.berth.scheduler.core.model.Lease;
import dev.berth.scheduler.core.model.Request;
import dev.berth.scheduler.core.model.Shape;
import dev.berth.scheduler.core.pack.Choosing;
import dev.berth.scheduler.core.pack.Scan;
import java.util.ArrayList;
import java.util.List;

/** Best fit over the fleet; a gang is tried member by member on a copy, so it is all or nothing. */
public final class Placer {
  private Placer() {}

  /** What came of a request: all its leases and the fleet with them, or how far it got. */
  public sealed interface Trial {
    /** {@code choice} says what was placed, as in {@link Request#chosen}. */
    record Complete(OrderedMap<String, Node> nodes, List<Lease> leases, int choice)
        implements Trial {
      public Complete(OrderedMap<String, Node> nodes, List<Lease> leases) {
        this(nodes, leases, 0);
      }
    }

    /** {@code member} did not fit on {@code nodes}, which hold the members before it. */
    record Stuck(OrderedMap<String, Node> nodes, int member, Shortfall why) implements Trial {}
  }

  /** By the tightest fit: whether it fits does not depend on which of the places is best. */
  public static Trial place(OrderedMap<String, Node> fleet, Request request) {
    return place(Scan.TIGHTEST, fleet, request);
  }

  public static Trial place(Choosing choosing, OrderedMap<String, Node> fleet, Request request) {
    OrderedMap<String, Node> nodes = fleet;
    List<Lease> leases = new ArrayList<>();
    for (Shape shape : request.members()) {
      Choosing.Choice choice = choosing.best(nodes, shape);
      if (choice == null) {
        return new Trial.Stuck(nodes, leases.size(), Shortfall.of(request, leases.size()));
      }
      Lease lease =
          lease(request.leaseId(leases.size()), choice.node(), shape, choice.fit().devices());
      nodes = nodes.withAt(choice.rank(), choice.node().name(), choice.node().with(lease));
      leases.add(lease);
    }
    return new Trial.Complete(nodes, List.copyOf(leases));
  }

  /** How many replicas of {@code shape} fit on {@code node}, one after the other, up to a limit. */
  public static int replicas(Node node, Shape shape, int limit) {
    Node filling = node;
    int count = 0;
    while (count < limit && NodeFit.of(filling, shape) instanceof Fit.Fits fits) {
      filling = filling.with(lease("replica#" + count++, filling, shape, fits.devices()));
    }
    return count;
  }

  /** The hold on {@code devices} of the node that a member of {@code shape} gets. */
  public static Lease lease(String id, Node node, Shape shape, List<Device> devices) {
    Inventory inventory = node.inventory();
    return new Lease(
        id,
        node.name(),
        devices,
        shape.cpuMilli(),
        shape.memoryMib(),
        Math.ceilDiv(shape.cpuMilli(), inventory.cpuOvercommit()),
        Math.ceilDiv(shape.memoryMib(), inventory.memoryOvercommit()));
  }
}
