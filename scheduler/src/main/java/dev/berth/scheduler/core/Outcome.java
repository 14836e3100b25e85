package dev.berth.scheduler.core;

import dev.berth.scheduler.core.model.Placement;
import dev.berth.scheduler.core.model.Reason;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the scheduler says to a request. */
public sealed interface Outcome {
  /** It holds its devices ({@link Placement.Placed}, or already {@link Placement.Releasing}). */
  record Placed(Placement placement) implements Outcome {}

  /**
   * Queued at {@code position}, 1 = next. To find the reasons every node is looked at, and for the
   * position others of the queue, so they are found when somebody asks, from the state of then, and
   * not while others wait for a decision.
   */
  final class Waiting implements Outcome {
    private final Supplier<List<Reason>> why;
    private final IntSupplier where;
    private volatile @Nullable List<Reason> found;
    private volatile int position;

    public Waiting(Supplier<List<Reason>> why, IntSupplier where) {
      this.why = why;
      this.where = where;
    }

    public Waiting(List<Reason> reasons, int position) {
      this(() -> reasons, () -> position);
    }

    public List<Reason> reasons() {
      List<Reason> known = found;
      if (known == null) {
        known = List.copyOf(why.get());
        found = known;
      }
      return known;
    }

    public int position() {
      if (position == 0) {
        position = where.getAsInt();
      }
      return position;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Waiting waiting
          && position() == waiting.position()
          && reasons().equals(waiting.reasons());
    }

    @Override
    public int hashCode() {
      return 31 * position() + reasons().hashCode();
    }

    @Override
    public String toString() {
      return "Waiting[reasons=" + reasons() + ", position=" + position() + "]";
    }
  }

  /** Cannot become true without another request or another fleet; nothing was stored. */
  record Rejected(List<Reason> reasons) implements Outcome {
    public Rejected {
      reasons = List.copyOf(reasons);
    }
  }
}
