package dev.berth.scheduler.core;

import dev.berth.scheduler.core.model.InPod;
import dev.berth.scheduler.core.model.Inventory;
import dev.berth.scheduler.core.model.Location;
import dev.berth.scheduler.core.model.Policy;
import dev.berth.scheduler.core.model.Request;
import dev.berth.scheduler.core.model.Shape;
import dev.berth.scheduler.core.model.Topology;
import dev.berth.scheduler.core.model.Torus;
import java.util.List;
import java.util.Set;

/** Nodes that know where they stand, and requests that care. */
public final class Sites {
  private Sites() {}

  public static Inventory at(Inventory inventory, String region, String rack) {
    Location location = new Location(region, region.isEmpty() ? "" : region + "-a", "", rack, "");
    return new Inventory(
        inventory.cpuMilli(),
        inventory.memoryMib(),
        inventory.cpuOvercommit(),
        inventory.memoryOvercommit(),
        inventory.cards(),
        inventory.tori(),
        location);
  }

  /** A host with a block of x by y chips in a two-dimensional pod. */
  public static Inventory host(String pod, int x, int y, int atX, int atY, int podX, int podY) {
    Torus torus =
        new Torus("v5e", x, y, 1, 16_384, Set.of(), new InPod(pod, atX, atY, 0, podX, podY, 1));
    return new Inventory(64_000, 512_000, 1, 1, List.of(), List.of(torus));
  }

  public static Request request(String id, List<Shape> members, Policy policy) {
    return new Request(id, members, "acme", "Space acme/" + id, "asked", "v1", policy);
  }

  public static Policy policy(
      Topology topology, List<String> regions, List<Policy.Alternative> fallbacks) {
    return new Policy(0, false, "", topology, regions, fallbacks, 0, 0);
  }

  public static Policy together(Topology.Level level, boolean required) {
    return policy(new Topology(level, required), List.of(), List.of());
  }

  public static Policy in(String... regions) {
    return policy(Topology.ANYWHERE, List.of(regions), List.of());
  }

  public static Policy orElse(Policy.Alternative... fallbacks) {
    return policy(Topology.ANYWHERE, List.of(), List.of(fallbacks));
  }
}
