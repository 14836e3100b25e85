package dev.berth.scheduler.simulation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.stream.Collectors;

/** Virtual time and what is due when; all chance comes from one seed. */
final class Agenda {
  static final long MILLI = 1_000_000L;
  static final long SECOND = 1_000 * MILLI;
  private static final int REMEMBERED = 80;

  private record Due(long at, long order, String what, Runnable action) implements Comparable<Due> {
    @Override
    public int compareTo(Due other) {
      int byTime = Long.compare(at, other.at);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  private final PriorityQueue<Due> due = new PriorityQueue<>();

  private record Line(long at, String what) {}

  private final Deque<Line> last = new ArrayDeque<>();
  private final Random random;
  private long now;
  private long order;
  private long digest;
  private long steps;

  Agenda(long seed) {
    random = new Random(seed);
  }

  /** Nanoseconds since the world began. */
  long now() {
    return now;
  }

  Random random() {
    return random;
  }

  /** Events that happened so far. */
  long steps() {
    return steps;
  }

  /** The same for the same history. */
  long digest() {
    return digest;
  }

  boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  long between(long least, long most) {
    return least + (long) (random.nextDouble() * (most - least));
  }

  void after(long delay, String what, Runnable action) {
    due.add(new Due(now + delay, order++, what, action));
  }

  void at(long time, String what, Runnable action) {
    due.add(new Due(Math.max(now, time), order++, what, action));
  }

  /** Writes a line of the history. */
  void note(String what) {
    digest = digest * 31 + what.hashCode() + now;
    if (last.size() == REMEMBERED) {
      last.removeFirst();
    }
    last.addLast(new Line(now, what));
  }

  /** Does what is due next, unless that is after {@code end}. */
  boolean step(long end) {
    Due next = due.peek();
    if (next == null || next.at() > end) {
      now = end;
      return false;
    }
    due.remove();
    now = next.at();
    steps++;
    note(next.what());
    next.action().run();
    return true;
  }

  String history() {
    return last.stream()
        .map(line -> "%9.3f s  %s".formatted(line.at() / 1e9, line.what()))
        .collect(Collectors.joining("\n"));
  }
}
