package dev.berth.scheduler.core.gang;

import dev.berth.scheduler.core.model.Policy;
import dev.berth.scheduler.core.model.Request;
import dev.berth.scheduler.core.model.Shape;
import dev.berth.scheduler.core.model.Topology;
import java.util.List;

/** All of a request that says where it fits; equal demands stand equally. */
public record Demand(
    List<Shape> members,
    Topology topology,
    List<String> regions,
    List<Policy.Alternative> fallbacks) {
  public static Demand of(Request request) {
    Policy policy = request.policy();
    return new Demand(request.members(), policy.topology(), policy.regions(), policy.fallbacks());
  }
}
