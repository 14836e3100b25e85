package dev.berth.scheduler.core.reserve;

import dev.berth.scheduler.core.fit.Placer;
import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.model.Shape;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts, node by node, for how many members there would be room. Cheap to keep up to date, and a
 * necessary condition: only when it holds the placer is asked.
 */
final class Room {
  private final Map<Shape, Integer> asked = new LinkedHashMap<>();
  private final Map<Shape, Map<String, Integer>> found = new HashMap<>();
  private final Map<Shape, Integer> sums = new HashMap<>();

  Room(List<Shape> members) {
    for (Shape shape : members) {
      if (!asked.containsKey(shape)) {
        asked.put(shape, Collections.frequency(members, shape));
        found.put(shape, new HashMap<>());
      }
    }
  }

  /** Counts a node again. */
  void count(Node node) {
    asked.forEach(
        (shape, most) -> {
          int now = Placer.replicas(node, shape, most);
          Integer before = found.getOrDefault(shape, new HashMap<>()).put(node.name(), now);
          sums.merge(shape, now - (before == null ? 0 : before), Integer::sum);
        });
  }

  boolean enough() {
    return asked.entrySet().stream()
        .allMatch(shape -> sums.getOrDefault(shape.getKey(), 0) >= shape.getValue());
  }
}
