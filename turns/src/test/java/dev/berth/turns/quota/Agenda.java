package dev.berth.turns.quota;

import java.util.Comparator;
import java.util.PriorityQueue;

/** Virtual time: what is to happen when. */
final class Agenda {
  private record Item(long at, long order, Runnable action) {}

  private final PriorityQueue<Item> items =
      new PriorityQueue<>(Comparator.comparingLong(Item::at).thenComparingLong(Item::order));
  private long now = 1_000_000L * QuotaWorld.SECOND;
  private long order;

  long now() {
    return now;
  }

  void after(long nanos, Runnable action) {
    items.add(new Item(now + nanos, order++, action));
  }

  void runUntil(long end) {
    while (!items.isEmpty() && items.peek().at() <= end) {
      Item item = items.remove();
      now = item.at();
      item.action().run();
    }
    now = end;
  }
}
