package dev.berth.scheduler.core.quota;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Shares and usage of a moment, with what is placed one after the other from then on: for one pass
 * over the queue, or to foresee one. A charge costs a few look-ups; shares only grow.
 */
public final class Ledger {
  /** Goes after all queues that have a share. */
  private static final List<Long> UNLIMITED = List.of(Long.MAX_VALUE);

  private final Book book;
  private final long now;
  private final Map<QuotaKey, Usage.Count> counts = new HashMap<>();
  private final Map<QuotaKey, Long> averages = new HashMap<>();

  /** Dominant shares in millionths, not yet divided by the weights. */
  private final Map<String, Long> dominant = new HashMap<>();

  /** {@code now} in unix nanoseconds. */
  public Ledger(Book book, long now) {
    this.book = book;
    this.now = now;
  }

  Book book() {
    return book;
  }

  /** Shares from the cohort below the root down to the queue. */
  List<Long> path(String queue) {
    List<String> nodes = book.tree().path(queue);
    List<Long> shares = new ArrayList<>(nodes.size());
    for (int i = nodes.size() - 1; i >= 0; i--) {
      if (i < nodes.size() - 1 || nodes.size() == 1) {
        shares.add(share(nodes.get(i)));
      }
    }
    return shares.isEmpty() ? UNLIMITED : shares;
  }

  private long share(String node) {
    return dominant(node) / book.tree().weight(node);
  }

  private long dominant(String node) {
    Long known = dominant.get(node);
    if (known == null) {
      known = FairShare.dominant(book, node, now);
      dominant.put(node, known);
    }
    return known;
  }

  /** Whether the charge would be within all quotas. */
  public boolean admits(Charge charge) {
    return QuotaVerdict.of(book.tree(), this::count, charge) instanceof QuotaVerdict.Admitted;
  }

  public void charge(Charge charge) {
    Usage.add(book.tree(), charge, charge.amount(), this::count, this::count);
  }

  private Usage.Count count(String node, String flavor) {
    Usage.Count known = counts.get(new QuotaKey(node, flavor));
    return known == null ? book.usage().of(node, flavor) : known;
  }

  private void count(QuotaKey key, Usage.Count now) {
    long share = dominant(key.node());
    counts.put(key, now);
    if (book.tree().limits(key.node(), key.flavor())) {
      long grown = FairShare.part(book.tree(), key, now.total(), average(key));
      dominant.put(key.node(), Math.max(share, grown));
    }
  }

  private long average(QuotaKey key) {
    return averages.computeIfAbsent(key, k -> FairShare.average(book, k.node(), k.flavor(), now));
  }
}
