package dev.berth.e2e.replay;

import dev.berth.scheduler.core.QueueOrder;
import dev.berth.scheduler.core.Scheduler;
import dev.berth.scheduler.core.model.Shape;
import dev.berth.scheduler.core.pack.SupplyDemand;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "replay",
    description =
        "Places the tasks of a trace with the production scheduler core and writes a log that can be judged.")
public final class ReplayCommand implements Callable<Integer> {
  @Option(names = "--nodes", required = true, paramLabel = "CSV", description = "The cluster")
  private Path nodes = Path.of("");

  @Option(names = "--arrivals", required = true, paramLabel = "CSV", description = "The tasks")
  private Path arrivals = Path.of("");

  @Option(
      names = "--workload",
      paramLabel = "CSV",
      description = "Tasks that are typical (default: learned from what has been placed)")
  private @Nullable Path workload;

  @Option(names = "--log", required = true, paramLabel = "JSONL", description = "Written anew")
  private Path log = Path.of("");

  @Option(names = "--churn", description = "Tasks leave: the file has arrival_s and duration_s")
  private boolean churn;

  @Option(names = "--queue", description = "With --churn: what does not fit waits")
  private boolean queue;

  @Option(
      names = "--order",
      paramLabel = "ORDER",
      description = "Of the queue: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
  private QueueOrder order = QueueOrder.LEAST_WORK;

  @Option(
      names = "--reservations",
      paramLabel = "N",
      description = "Waiting tasks that get room reserved (default: ${DEFAULT-VALUE})")
  private int reservations = 0;

  @Option(
      names = "--repeat",
      paramLabel = "N",
      description = "Place all tasks so many times, the last one for the log: figures of warm code")
  private int repeat = 1;

  @Option(
      names = "--moves",
      paramLabel = "PCT",
      description = "Percent of the placed tasks that may be moved to make room for others")
  private double moves = 0;

  private SupplyDemand known = SupplyDemand.UNKNOWN;

  @Override
  public Integer call() throws IOException {
    Scheduler scheduler = Replay.scheduler(reservations, order);
    List<Task> tasks = TraceFiles.tasks(arrivals);
    for (int round = 1; round < repeat && !churn; round++) {
      try (PlacementLog nowhere = new PlacementLog(Writer.nullWriter())) {
        new Arrivals(replay(scheduler), nowhere).run(tasks, System.err);
      }
    }
    try (PlacementLog out = new PlacementLog(Files.newBufferedWriter(log))) {
      if (churn) {
        new Churn(replay(scheduler), tasks, queue).run(out, System.out);
      } else if (moves > 0) {
        arriveWithMoves(replay(scheduler), tasks, out);
      } else {
        new Arrivals(replay(scheduler), out).run(tasks, System.out);
      }
    }
    return 0;
  }

  private void arriveWithMoves(Replay replay, List<Task> tasks, PlacementLog out)
      throws IOException {
    Path file = log.resolveSibling(log.getFileName() + ".moves");
    try (MoveLog movesLog = new MoveLog(Files.newBufferedWriter(file))) {
      List<Task> movable = tasks.stream().map(Task::movable).toList();
      new Arrivals(replay, out, new Moves(replay, moves, movesLog)).run(movable, System.out);
    }
  }

  /** An empty fleet. What the scheduler knows of rooms stays, as in a process that runs on. */
  private Replay replay(Scheduler scheduler) {
    Replay replay = new Replay(scheduler, TraceFiles.nodes(nodes), known);
    if (workload != null && known.supplies().isEmpty()) {
      List<Shape> typical = TraceFiles.tasks(workload).stream().map(Task::shape).toList();
      known = replay.expecting(typical);
      replay.rankBy(known);
    }
    return replay;
  }
}
