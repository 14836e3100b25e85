package dev.berth.e2e.bench.engine;

import dev.berth.e2e.replay.Task;
import dev.berth.e2e.replay.TraceFiles;
import dev.berth.scheduler.core.model.Inventory;
import dev.berth.scheduler.core.model.Shape;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A cluster, the tasks that come to it one after the other, and what is typically asked of it. */
public record Trace(Map<String, Inventory> nodes, List<Task> tasks, List<Shape> typical) {

  /** CSV files of the public trace. */
  public static Trace read(Path nodes, Path arrivals, Path workload) {
    return new Trace(
        TraceFiles.nodes(nodes),
        TraceFiles.tasks(arrivals),
        TraceFiles.tasks(workload).stream().map(Task::shape).toList());
  }

  /** The same cluster, and so many of the tasks. */
  Trace first(int count) {
    return new Trace(nodes, tasks.subList(0, count), typical);
  }

  /** The same tasks on so many times the nodes. */
  public Trace onTimes(int copies) {
    Map<String, Inventory> all = new LinkedHashMap<>();
    for (int copy = 0; copy < copies; copy++) {
      String suffix = copy == 0 ? "" : "-" + copy;
      nodes.forEach((name, inventory) -> all.put(name + suffix, inventory));
    }
    return new Trace(all, tasks, typical);
  }
}
