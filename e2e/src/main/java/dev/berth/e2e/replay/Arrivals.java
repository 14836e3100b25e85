package dev.berth.e2e.replay;

import dev.berth.scheduler.core.model.Lease;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tasks come in order, stay for ever, and are tried once. */
final class Arrivals {
  private final Replay replay;
  private final PlacementLog log;

  private final @Nullable Moves moves;

  Arrivals(Replay replay, PlacementLog log) {
    this(replay, log, null);
  }

  /** What does not fit may have others moved; the log says where each is in the end. */
  Arrivals(Replay replay, PlacementLog log, @Nullable Moves moves) {
    this.replay = replay;
    this.log = log;
    this.moves = moves;
  }

  void run(List<Task> tasks, PrintStream out) {
    long[] nanos = new long[tasks.size()];
    long placed = 0;
    for (int i = 0; i < nanos.length; i++) {
      Task task = tasks.get(i);
      long begin = System.nanoTime();
      Lease lease = replay.place(task, i);
      if (lease == null && moves != null) {
        moves.makeRoom(i, task, placed, i);
        lease = replay.running(task);
      }
      nanos[i] = System.nanoTime() - begin;
      if (lease == null) {
        replay.forget(task, i);
      }
      placed += lease == null ? 0 : 1;
      if (moves == null) {
        log.write(i, task, lease);
      }
    }
    if (moves != null) {
      for (int i = 0; i < nanos.length; i++) {
        log.write(i, tasks.get(i), replay.running(tasks.get(i)));
      }
      out.printf("%d moves%n", moves.moved());
    }
    report(nanos, placed, out);
  }

  private static void report(long[] nanos, long placed, PrintStream out) {
    long sum = Arrays.stream(nanos).sum();
    Arrays.sort(nanos);
    out.printf(
        "%d tasks, %d placed; %.0f decisions/s, p50 %.1f us, p99 %.1f us%n",
        nanos.length,
        placed,
        nanos.length * 1e9 / Math.max(1, sum),
        nanos[nanos.length / 2] / 1e3,
        nanos[(int) (nanos.length * 0.99)] / 1e3);
  }
}
