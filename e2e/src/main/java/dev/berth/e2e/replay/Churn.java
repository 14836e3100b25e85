package dev.berth.e2e.replay;

import dev.berth.scheduler.core.Effect;
import dev.berth.scheduler.core.Event;
import dev.berth.scheduler.core.model.Lease;
import dev.berth.scheduler.core.model.Placement;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * Tasks come and go. Without a queue a task that does not fit when it comes is lost; with one it
 * waits until the scheduler starts it. The scheduler never hears how long a task will run. Seconds
 * are kept as the trace has them, so that sums are those that a judge would form.
 */
final class Churn {
  private record End(double at, int task) implements Comparable<End> {
    @Override
    public int compareTo(End other) {
      int order = Double.compare(at, other.at);
      return order != 0 ? order : Integer.compare(task, other.task);
    }
  }

  private static final double TICK_SECONDS = 60;
  private final Replay replay;
  private final List<Task> tasks;
  private final boolean queue;
  private final Map<String, Integer> byId = new HashMap<>();
  private final Map<Integer, Lease> leases = new HashMap<>();
  private final Map<Integer, Double> starts = new HashMap<>();
  private final PriorityQueue<End> ends = new PriorityQueue<>();
  private double lastTick;

  Churn(Replay replay, List<Task> tasks, boolean queue) {
    this.replay = replay;
    this.tasks = tasks;
    this.queue = queue;
    for (int i = 0; i < tasks.size(); i++) {
      byId.put(tasks.get(i).id(), i);
    }
  }

  void run(PlacementLog log, PrintStream out) {
    for (int i = 0; i < tasks.size(); i++) {
      Task task = tasks.get(i);
      endUntil(task.arrivalSeconds());
      Lease lease = replay.place(task, Task.nanos(task.arrivalSeconds()));
      if (lease != null) {
        started(i, lease, task.arrivalSeconds());
      } else if (!queue) {
        replay.forget(task, Task.nanos(task.arrivalSeconds()));
      }
    }
    endUntil(queue ? tasks.getLast().arrivalSeconds() : 0);
    for (int i = 0; i < tasks.size(); i++) {
      log.write(i, tasks.get(i), leases.get(i), starts.getOrDefault(i, 0.0));
    }
    out.printf("%d tasks, %d started%n", tasks.size(), starts.size());
  }

  /** Time passes for the scheduler as in production, if at longer steps. */
  private void tickUntil(double now) {
    for (; lastTick + TICK_SECONDS <= now; lastTick += TICK_SECONDS) {
      placed(
          replay.step(new Event.Tick(), Task.nanos(lastTick + TICK_SECONDS)),
          lastTick + TICK_SECONDS);
    }
  }

  private void endUntil(double now) {
    while (!ends.isEmpty() && ends.element().at() <= now) {
      End end = ends.remove();
      tickUntil(end.at());
      Lease lease = java.util.Objects.requireNonNull(leases.get(end.task()));
      placed(replay.end(tasks.get(end.task()), lease, Task.nanos(end.at())), end.at());
    }
    tickUntil(now);
  }

  private void placed(List<Effect> effects, double now) {
    for (Effect effect : effects) {
      if (effect instanceof Effect.PlacementSaved(Placement.Placed placed)) {
        started(byId.getOrDefault(placed.id(), -1), placed.leases().getFirst(), now);
      }
    }
  }

  private void started(int task, Lease lease, double now) {
    leases.put(task, lease);
    starts.put(task, now);
    ends.add(new End(now + tasks.get(task).durationSeconds(), task));
  }
}
