package dev.berth.scheduler.core.quota;

import dev.berth.scheduler.core.model.Placement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is among waiting placements: the highest priority first, then the queue with the
 * smallest dominant share, then the queue whose first has waited longest, also if that one does not
 * get in. A queue that nothing limits goes after those with quotas. Shares are looked at again
 * after each placement; within one pass they only grow.
 */
public final class WaitingOrder {
  private record Group(int priority, String queue) {}

  private record Head(
      Group group, List<Long> shares, long oldestNanos, int version, Placement.Waiting first) {}

  private static final Comparator<Head> ORDER =
      Comparator.comparingInt((Head head) -> -head.group().priority())
          .thenComparing(Head::shares, WaitingOrder::compare)
          .thenComparingLong(Head::oldestNanos)
          .thenComparing(head -> head.first().id());

  private final Map<Group, Merge> groups = new HashMap<>();
  private final PriorityQueue<Head> heads = new PriorityQueue<>(ORDER);
  private final Ledger ledger;
  private @Nullable Head last;
  private int version;

  /**
   * The order of all that wait without a nomination. {@code within} is the order within a queue, by
   * which each line is sorted.
   */
  public WaitingOrder(Ledger ledger, Comparator<Placement.Waiting> within) {
    this.ledger = ledger;
    Map<Group, List<Iterator<Placement.Waiting>>> runs = new HashMap<>();
    for (Line line : ledger.book().lines()) {
      runs.computeIfAbsent(new Group(line.priority(), line.queue()), g -> new ArrayList<>())
          .add(ledger.book().waiting(line));
    }
    runs.forEach((group, all) -> add(group, new Merge(all, within)));
  }

  private void add(Group group, Merge all) {
    groups.put(group, all);
    Placement.Waiting first = all.peek();
    if (first != null) {
      heads.add(head(group, all, first));
    }
  }

  /** The last one was placed: shares have changed. */
  public void placed(Placement.Waiting waiting) {
    if (!ledger.book().tree().isEmpty()) {
      ledger.charge(Charge.of(waiting.request()));
      version++;
    }
  }

  /** The last one goes on waiting, and still counts for how long its queue has. */
  public void refused() {
    if (last != null) {
      groups.getOrDefault(last.group(), Merge.NONE).refused();
    }
  }

  /** Passes over the rest of the line of the last one, which was refused. */
  public void passLine() {
    if (last != null) {
      groups.getOrDefault(last.group(), Merge.NONE).drop();
    }
  }

  /** The next in turn; null when none is left. */
  public Placement.@Nullable Waiting next() {
    if (last != null) {
      add(last.group(), groups.getOrDefault(last.group(), Merge.NONE));
    }
    Head head = heads.poll();
    while (head != null && head.version() != version) {
      add(head.group(), groups.getOrDefault(head.group(), Merge.NONE));
      head = heads.poll();
    }
    last = head;
    if (head == null) {
      return null;
    }
    groups.getOrDefault(head.group(), Merge.NONE).poll();
    return head.first();
  }

  private Head head(Group group, Merge all, Placement.Waiting first) {
    return new Head(group, ledger.path(group.queue()), all.oldestNanos(), version, first);
  }

  private static int compare(List<Long> one, List<Long> other) {
    for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
      int order = Long.compare(one.get(i), other.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(one.size(), other.size());
  }
}
