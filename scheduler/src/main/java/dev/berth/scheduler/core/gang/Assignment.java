package dev.berth.scheduler.core.gang;

import dev.berth.collect.OrderedMap;
import dev.berth.scheduler.core.fit.Placer.Trial;
import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.model.Lease;
import dev.berth.scheduler.core.model.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What each member takes, in the order of the members; shorter than them when not all fit. */
record Assignment(List<List<Hold>> members) {
  Assignment {
    members = List.copyOf(members);
  }

  Trial.Complete complete(OrderedMap<String, Node> fleet, Request request) {
    List<Lease> leases = new ArrayList<>();
    return new Trial.Complete(apply(fleet, request, leases), List.copyOf(leases));
  }

  /** The fleet with it; adds the leases in the order of the members, numbered on. */
  OrderedMap<String, Node> apply(
      OrderedMap<String, Node> fleet, Request request, List<Lease> leases) {
    OrderedMap<String, Node> nodes = fleet;
    for (List<Hold> holds : members) {
      for (Hold hold : holds) {
        Node node = Objects.requireNonNull(nodes.get(hold.node()));
        Lease lease = hold.lease(request.leaseId(leases.size()), node);
        nodes = nodes.with(node.name(), node.with(lease));
        leases.add(lease);
      }
    }
    return nodes;
  }
}
