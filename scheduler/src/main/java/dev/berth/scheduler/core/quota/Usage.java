package dev.berth.scheduler.core.quota;

import dev.berth.collect.OrderedMap;
import java.util.List;
import java.util.function.BiConsumer;

/** What is used at each node of the tree, kept up to date by each change; immutable. */
public record Usage(OrderedMap<QuotaKey, Count> counts) {
  public static final Usage NOTHING = new Usage(OrderedMap.empty());

  /**
   * {@code total} is all that is used at and below the node; {@code charged} the part that its own
   * quota has to cover, that is without what its children cover from their unlent quota.
   */
  public record Count(long total, long charged) {
    static final Count ZERO = new Count(0, 0);
  }

  public Count of(String node, String flavor) {
    Count count = counts.get(new QuotaKey(node, flavor));
    return count == null ? Count.ZERO : count;
  }

  public Usage plus(QuotaTree tree, Charge charge) {
    return add(tree, charge, charge.amount());
  }

  public Usage minus(QuotaTree tree, Charge charge) {
    return add(tree, charge, -charge.amount());
  }

  private Usage add(QuotaTree tree, Charge charge, long amount) {
    Usage[] now = {this};
    add(tree, charge, amount, this::of, (key, after) -> now[0] = now[0].with(key, after));
    return now[0];
  }

  private Usage with(QuotaKey key, Count after) {
    return new Usage(after.equals(Count.ZERO) ? counts.without(key) : counts.with(key, after));
  }

  /** Tells {@code changed} of each node from the queue up how it stands after the charge. */
  static void add(
      QuotaTree tree,
      Charge charge,
      long amount,
      Counts before,
      BiConsumer<QuotaKey, Count> changed) {
    List<String> path = tree.path(charge.queue());
    long delta = amount;
    for (String node : path.isEmpty() ? List.of(charge.queue()) : path) {
      Count was = before.of(node, charge.flavor());
      Count after = new Count(was.total() + amount, was.charged() + delta);
      changed.accept(new QuotaKey(node, charge.flavor()), after);
      long unlent = tree.unlent(node, charge.flavor());
      delta = Math.max(0, after.charged() - unlent) - Math.max(0, was.charged() - unlent);
    }
  }
}
