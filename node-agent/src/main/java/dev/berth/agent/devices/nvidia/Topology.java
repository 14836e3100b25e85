package dev.berth.agent.devices.nvidia;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** NVLink groups from nvidia-smi topo -m: cards joined by NV&lt;n&gt; links, directly or not. */
final class Topology {
  private Topology() {}

  /** Group name by GPU index; cards without links are absent. */
  static Map<Integer, String> linkGroups(String matrix) {
    Map<Integer, Integer> lowest = new HashMap<>();
    List<String[]> rows = new ArrayList<>();
    matrix
        .lines()
        .map(l -> l.strip().split("\\s+"))
        .filter(r -> r.length > 1 && r[0].matches("GPU\\d+") && !r[1].startsWith("GPU"))
        .forEach(rows::add);
    for (int i = 0; i < rows.size(); i++) {
      for (int j = 0; j < rows.size() && j + 1 < rows.get(i).length; j++) {
        if (rows.get(i)[j + 1].matches("NV\\d+")) {
          join(lowest, i, j);
        }
      }
    }
    Map<Integer, String> groups = new HashMap<>();
    lowest.forEach((gpu, low) -> groups.put(gpu, "nvlink-" + low));
    return groups;
  }

  private static void join(Map<Integer, Integer> lowest, int a, int b) {
    int from = Math.max(lowest.getOrDefault(a, a), lowest.getOrDefault(b, b));
    int to = Math.min(lowest.getOrDefault(a, a), lowest.getOrDefault(b, b));
    lowest.put(a, to);
    lowest.put(b, to);
    lowest.replaceAll((gpu, low) -> low == from ? to : low);
  }
}
