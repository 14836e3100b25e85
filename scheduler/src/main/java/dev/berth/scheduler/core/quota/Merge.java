package dev.berth.scheduler.core.quota;

import dev.berth.scheduler.core.model.Placement;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Sorted runs of waiting requests, taken as one sorted run. */
final class Merge {
  private static final class Run {
    final Iterator<Placement.Waiting> rest;
    Placement.Waiting head;

    Run(Iterator<Placement.Waiting> rest) {
      this.rest = rest;
      this.head = rest.next();
    }
  }

  static final Merge NONE = new Merge(List.of(), (one, other) -> 0);

  private final PriorityQueue<Run> runs;
  private @Nullable Run from;
  private Placement.@Nullable Waiting last;
  private long oldestRefused = Long.MAX_VALUE;

  /** Each run is sorted by {@code order} and has one element at least. */
  Merge(List<Iterator<Placement.Waiting>> sorted, Comparator<Placement.Waiting> order) {
    runs = new PriorityQueue<>((one, other) -> order.compare(one.head, other.head));
    sorted.forEach(run -> runs.add(new Run(run)));
  }

  Placement.@Nullable Waiting peek() {
    Run first = runs.peek();
    return first == null ? null : first.head;
  }

  void poll() {
    Run first = runs.poll();
    from = first;
    if (first != null) {
      last = first.head;
      if (first.rest.hasNext()) {
        first.head = first.rest.next();
        runs.add(first);
      }
    }
  }

  /** The last one is not taken away. */
  void refused() {
    if (last != null) {
      oldestRefused = Math.min(oldestRefused, last.createdNanos());
    }
  }

  /** Leaves out the rest of the run that the last one came from. */
  void drop() {
    if (from != null) {
      runs.remove(from);
    }
  }

  /** Since when the one that waits longest has been waiting, refused ones too; unix nanoseconds. */
  long oldestNanos() {
    long oldest = oldestRefused;
    for (Run run : runs) {
      oldest = Math.min(oldest, run.head.createdNanos());
    }
    return oldest;
  }
}
