package dev.berth.scheduler.core.gang;

import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.model.Location;
import dev.berth.scheduler.core.model.Topology.Level;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Nodes that stand together at a level, by name; the whole fleet has the empty name. */
public record Domain(String name, List<Node> nodes) {

  /** In order of their names. A node that does not know its place at the level is in none. */
  static List<Domain> at(Level level, Collection<Node> nodes) {
    if (level == Level.ANY) {
      return List.of(new Domain("", List.copyOf(nodes)));
    }
    Map<String, List<Node>> byName = new TreeMap<>();
    for (Node node : nodes) {
      String name = name(level, node);
      if (!name.isEmpty()) {
        byName.computeIfAbsent(name, n -> new ArrayList<>()).add(node);
      }
    }
    return byName.entrySet().stream().map(e -> new Domain(e.getKey(), e.getValue())).toList();
  }

  /** The node's domain at the level; empty when it does not know. */
  public static String name(Level level, Node node) {
    Location at = node.inventory().location();
    return switch (level) {
      case ANY -> "";
      case REGION -> at.region();
      case ZONE -> at.zone();
      case BLOCK -> at.block();
      case RACK -> at.rack();
      case NVLINK_DOMAIN -> at.nvlinkDomain();
      case NODE -> node.name();
    };
  }
}
