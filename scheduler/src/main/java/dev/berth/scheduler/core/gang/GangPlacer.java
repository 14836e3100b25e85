package dev.berth.scheduler.core.gang;

import dev.berth.collect.OrderedMap;
import dev.berth.scheduler.core.fit.Placer;
import dev.berth.scheduler.core.fit.Placer.Trial;
import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.model.Accelerator.TpuSlice;
import dev.berth.scheduler.core.model.Lease;
import dev.berth.scheduler.core.model.Request;
import dev.berth.scheduler.core.pack.Choosing;
import dev.berth.scheduler.core.pack.Scan;
import java.util.Objects;

/**
 * Places a request by all that its policy says: only in its regions, its members together where the
 * topology wants it, all or nothing; and by the first fallback that fits when it does not fit as
 * asked.
 */
public final class GangPlacer {
  private GangPlacer() {}

  /** When nothing fits, what keeps the request as asked from fitting. */
  public static Trial place(Choosing choosing, OrderedMap<String, Node> fleet, Request request) {
    Trial trial = asked(choosing, fleet, request);
    for (int choice = 1; choice < request.choices() && trial instanceof Trial.Stuck; choice++) {
      if (asked(choosing, fleet, request.chosen(choice)) instanceof Trial.Complete other) {
        trial = new Trial.Complete(other.nodes(), other.leases(), choice);
      }
    }
    return trial;
  }

  /** By the tightest fit: whether it fits does not depend on which of the places is best. */
  public static Trial place(OrderedMap<String, Node> fleet, Request request) {
    return place(Scan.TIGHTEST, fleet, request);
  }

  /** The same without its fallbacks. */
  public static Trial asked(OrderedMap<String, Node> fleet, Request request) {
    return asked(Scan.TIGHTEST, fleet, request);
  }

  private static Trial asked(Choosing choosing, OrderedMap<String, Node> fleet, Request request) {
    OrderedMap<String, Node> allowed = Allowed.of(fleet, request.policy().regions());
    Choosing of = allowed == fleet ? choosing : choosing.inPart();
    return alone(request)
        ? within(fleet, Placer.place(of, allowed, request))
        : new Gang(fleet, allowed, request).place();
  }

  private static boolean alone(Request request) {
    return request.members().size() == 1
        && !request.policy().topology().required()
        && !(request.members().getFirst().accelerator() instanceof TpuSlice);
  }

  /** What was placed on some nodes of the fleet, as a change of the fleet. */
  private static Trial within(OrderedMap<String, Node> fleet, Trial trial) {
    if (!(trial instanceof Trial.Complete complete) || complete.nodes().size() == fleet.size()) {
      return trial;
    }
    OrderedMap<String, Node> nodes = fleet;
    for (Lease lease : complete.leases()) {
      nodes = nodes.with(lease.node(), Objects.requireNonNull(complete.nodes().get(lease.node())));
    }
    return new Trial.Complete(nodes, complete.leases());
  }
}
