package dev.berth.e2e.replay.turns;

import java.util.Comparator;
import java.util.PriorityQueue;

/** What is to happen, in order of virtual time, then of kind, then of entry. */
final class Timeline {
  /** At one instant devices become free before calls arrive. */
  enum Kind {
    END,
    SEAT,
    ARRIVAL,
    BIND,
    OBSERVE
  }

  private record Entry(long at, Kind kind, long number, Runnable what) {}

  private final PriorityQueue<Entry> entries =
      new PriorityQueue<>(
          Comparator.comparingLong(Entry::at)
              .thenComparing(Entry::kind)
              .thenComparingLong(Entry::number));
  private long number;
  private long now;

  long now() {
    return now;
  }

  void at(long nanos, Kind kind, Runnable what) {
    entries.add(new Entry(nanos, kind, number++, what));
  }

  /** Runs the next entry; false when there is none. */
  boolean advance() {
    Entry next = entries.poll();
    if (next == null) {
      return false;
    }
    now = next.at();
    next.what().run();
    return true;
  }
}
