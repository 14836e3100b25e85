package dev.berth.scheduler.core.quota;

import dev.berth.collect.OrderedMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;

/**
 * Dominant shares (DRF): of each node the largest part, over the flavors, that it uses of what its
 * tree has, in millionths, divided by its weight. A queue's decayed past counts like present use.
 */
public final class FairShare {
  private FairShare() {}

  public static long of(Book book, String node, long now) {
    return dominant(book, node, now) / book.tree().weight(node);
  }

  /** The share before it is divided by the weight; only flavors that were used are looked at. */
  static long dominant(Book book, String node, long now) {
    QuotaTree tree = book.tree();
    Set<String> flavors = new HashSet<>();
    QuotaKey first = new QuotaKey(node, "");
    of(node, book.usage().counts().from(first), flavors);
    of(node, book.history().from(first), flavors);
    long dominant = 0;
    for (String flavor : flavors) {
      if (tree.limits(node, flavor)) {
        long used = book.usage().of(node, flavor).total();
        long average = average(book, node, flavor, now);
        dominant = Math.max(dominant, part(tree, new QuotaKey(node, flavor), used, average));
      }
    }
    return dominant;
  }

  private static <V> void of(
      String node, Iterator<Map.Entry<QuotaKey, V>> entries, Set<String> flavors) {
    while (entries.hasNext()) {
      QuotaKey key = entries.next().getKey();
      if (!key.node().equals(node)) {
        return;
      }
      flavors.add(key.flavor());
    }
  }

  /** What {@code used} members and an average past are of all that the tree has, in millionths. */
  static long part(QuotaTree tree, QuotaKey key, long used, long averageMicros) {
    long whole = Math.max(1, tree.owned(tree.path(key.node()).getLast(), key.flavor()));
    return (used * Past.MICROS + averageMicros) / whole;
  }

  /** The decayed past in millionths of a member; 0 while none is kept. */
  public static long average(Book book, String queue, String flavor, long now) {
    OrderedMap<QuotaKey, Past> history = book.history();
    Past past = history.get(new QuotaKey(queue, flavor));
    long half = book.tree().quotas().halfLifeNanos();
    return past == null || half == 0
        ? 0
        : past.until(now, book.usage().of(queue, flavor).total(), half).micros();
  }
}
