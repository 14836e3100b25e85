package dev.berth.scheduler.core.explain;

import dev.berth.collect.OrderedMap;
import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.gang.Allowed;
import dev.berth.scheduler.core.gang.Capability;
import dev.berth.scheduler.core.model.Reason;
import dev.berth.scheduler.core.model.ReasonCode;
import dev.berth.scheduler.core.model.Request;
import dev.berth.scheduler.core.model.Shape;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * Proofs that the registered fleet, lost nodes included, could not hold a request even when it is
 * empty: no node of its regions, a member that fits nowhere, too many members, or too many for one
 * domain of a required topology.
 */
final class Never {
  private Never() {}

  /** Why the request can never fit, by any of its choices; empty when there is no proof. */
  static List<Reason> reasons(OrderedMap<String, Node> fleet, Request request) {
    OrderedMap<String, Node> allowed = Allowed.of(fleet, request.policy().regions());
    if (allowed.isEmpty()) {
      return List.of(noRegion(request.policy().regions(), fleet.size()));
    }
    List<Reason> asked = asked(allowed, request);
    for (int choice = 1; choice < request.choices() && !asked.isEmpty(); choice++) {
      asked = asked(allowed, request.chosen(choice)).isEmpty() ? List.of() : asked;
    }
    return asked;
  }

  private static List<Reason> asked(OrderedMap<String, Node> nodes, Request request) {
    for (Shape shape : new LinkedHashSet<>(request.members())) {
      int asked = Collections.frequency(request.members(), shape);
      int most = Capability.whenEmpty(nodes.values(), shape, asked);
      if (most == 0) {
        return Shortages.reasons(nodes, shape);
      }
      if (most < asked) {
        return List.of(tooLarge(shape, asked, most));
      }
    }
    return apart(nodes, request);
  }

  private static List<Reason> apart(OrderedMap<String, Node> nodes, Request request) {
    int asked = request.members().size();
    Capability.Together most = Capability.together(nodes.values(), request);
    if (most.members() == asked) {
      return List.of();
    }
    String message =
        "Asked %d members%s; at most %d could be together when the fleet is empty. Ask for fewer members or a wider topology, or add nodes."
            .formatted(
                asked,
                GangReasons.place(request.policy().topology().level(), most.domain()),
                most.members());
    return List.of(
        new Reason(
            ReasonCode.TOO_LARGE,
            message,
            asked,
            most.members(),
            most.members(),
            "member",
            "gang",
            0));
  }

  private static Reason tooLarge(Shape shape, int asked, int most) {
    String message =
        "Asked %d members of %s; the whole fleet could hold %d when empty. Ask for fewer members or add nodes."
            .formatted(asked, Sentences.describe(shape), most);
    return new Reason(ReasonCode.TOO_LARGE, message, asked, most, most, "member", "gang", 0);
  }

  static Reason noRegion(List<String> regions, int nodes) {
    String message =
        "May run in %s only, and no node says that it stands there. Allow another region, or register nodes with their region."
            .formatted(String.join(" or ", regions));
    return new Reason(ReasonCode.REGION_NOT_ALLOWED, message, 1, 0, 0, "node", "region", nodes);
  }
}
