package dev.berth.scheduler.core.whatif;

import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.model.Request;
import dev.berth.scheduler.core.model.Topology;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/** The same devices under another rule: a wider domain, another region. */
final class PolicyChanges {
  private static final int MAX_REGIONS = 3;

  private PolicyChanges() {}

  static List<Change> of(Trial trial) {
    List<Change> changes = new ArrayList<>(trial.admitted(wider(trial.request), 1));
    changes.addAll(trial.admitted(regions(trial), MAX_REGIONS));
    return changes;
  }

  /**
   * Each wider level, the nearest first, and at last anywhere; only a condition can be in the way.
   */
  private static List<Change.LooserTopology> wider(Request request) {
    Topology asked = request.policy().topology();
    if (!asked.required()) {
      return List.of();
    }
    return Arrays.stream(Topology.Level.values())
        .filter(level -> level.compareTo(asked.level()) < 0)
        .sorted((a, b) -> b.compareTo(a))
        .map(level -> wider(request, level))
        .toList();
  }

  private static Change.LooserTopology wider(Request request, Topology.Level level) {
    Topology topology = new Topology(level, level != Topology.Level.ANY);
    return new Change.LooserTopology(
        level, request.withPolicy(request.policy().withTopology(topology)));
  }

  /** Regions are policy: what else would do is told, never done. */
  private static List<Change.OtherRegion> regions(Trial trial) {
    List<String> asked = trial.request.policy().regions();
    if (asked.isEmpty()) {
      return List.of();
    }
    TreeSet<String> others = new TreeSet<>();
    for (Node node : trial.state.nodes().values()) {
      others.add(node.inventory().location().region());
    }
    asked.forEach(others::remove);
    return others.stream()
        .filter(region -> !region.isEmpty())
        .map(region -> new Change.OtherRegion(region, with(trial.request, region)))
        .toList();
  }

  private static Request with(Request request, String region) {
    List<String> regions = new ArrayList<>(request.policy().regions());
    regions.add(region);
    return request.withPolicy(request.policy().withRegions(regions));
  }
}
