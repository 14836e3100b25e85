package dev.berth.e2e.replay;

import dev.berth.scheduler.core.defrag.Budget;
import dev.berth.scheduler.core.defrag.DefragPlan;
import dev.berth.scheduler.core.defrag.Move;
import dev.berth.scheduler.core.model.Accelerator;
import dev.berth.scheduler.core.model.Shape;
import dev.berth.scheduler.core.repack.Repack;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes room for what does not fit, as an owner of placements does: plan, reserve the target, move,
 * release the source; one move after the other. At no time more than {@code percent} of the tasks
 * that were placed so far have been moved; each at most once.
 */
final class Moves {
  private static final int MOST_AT_ONCE = 16;
  private final Replay replay;
  private final Repack repack = new Repack();
  private final double percent;
  private final MoveLog log;

  /** Shapes for which no room could be made; nothing ends, so this stays true. */
  private final List<Shape> hopeless = new ArrayList<>();

  private int moved;

  Moves(Replay replay, double percent, MoveLog log) {
    this.replay = replay;
    this.percent = percent;
    this.log = log;
  }

  int moved() {
    return moved;
  }

  /** The task waits; it is placed afterwards if room was made. */
  void makeRoom(int sequence, Task task, long placed, long now) {
    int left = (int) (placed * percent / 100) - moved;
    if (left <= 0 || hopeless(task.shape())) {
      return;
    }
    Budget rule = Budget.DEFAULT;
    Budget budget =
        new Budget(
            Math.min(left, MOST_AT_ONCE),
            rule.maxDevicePermille(),
            rule.restartNanos(),
            rule.recentNanos(),
            rule.horizonNanos(),
            rule.worthPermille());
    if (repack.plan(replay.state(), task.request(), budget, now) instanceof DefragPlan.Moves plan) {
      for (Move move : plan.moves()) {
        if (replay.running(task) != null) {
          return; // What left first made room enough.
        }
        replay.move(move, now);
        moved++;
        log.write(sequence, move);
      }
    } else {
      hopeless.add(task.shape());
    }
  }

  private boolean hopeless(Shape shape) {
    return hopeless.stream().anyMatch(less -> asksAsMuch(shape, less));
  }

  private static boolean asksAsMuch(Shape shape, Shape less) {
    return shape.cpuMilli() >= less.cpuMilli()
        && shape.memoryMib() >= less.memoryMib()
        && switch (shape.accelerator()) {
          case Accelerator.WholeGpus gpus ->
              less.accelerator() instanceof Accelerator.WholeGpus few
                  && gpus.models().equals(few.models())
                  && gpus.count() >= few.count();
          case Accelerator.GpuShare share ->
              less.accelerator() instanceof Accelerator.GpuShare small
                  && share.models().equals(small.models())
                  && share.milli() >= small.milli();
          case Accelerator.Seat seat -> seat.equals(less.accelerator());
          case Accelerator.None none -> less.accelerator() instanceof Accelerator.None;
          case Accelerator.MigSlice mig -> mig.equals(less.accelerator());
          case Accelerator.TpuSlice slice -> slice.equals(less.accelerator());
        };
  }
}
