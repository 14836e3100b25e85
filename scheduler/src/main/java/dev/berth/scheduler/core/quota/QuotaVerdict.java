package dev.berth.scheduler.core.quota;

import java.util.List;

/** Whether a charge is within the quotas of its queue and all cohorts above it. */
public sealed interface QuotaVerdict {
  record Admitted() implements QuotaVerdict {}

  /**
   * It is not: the queue uses {@code used} of {@code nominal}, could take {@code available} more
   * now, and {@code most} in all if nobody else used anything.
   */
  record OverQuota(Charge charge, long used, long nominal, long available, long most)
      implements QuotaVerdict {}

  static QuotaVerdict of(QuotaTree tree, Usage usage, Charge charge) {
    return of(tree, usage::of, charge);
  }

  /** The same with usage that is told by {@code usage}. */
  static QuotaVerdict of(QuotaTree tree, Counts usage, Charge charge) {
    if (!tree.limits(charge.queue(), charge.flavor())) {
      return new Admitted();
    }
    long available = available(tree, usage, tree.path(charge.queue()), charge.flavor());
    if (charge.amount() <= available) {
      return new Admitted();
    }
    return new OverQuota(
        charge,
        usage.of(charge.queue(), charge.flavor()).total(),
        tree.limitsOf(charge.queue(), charge.flavor()).nominal(),
        available,
        available(tree, Usage.NOTHING::of, tree.path(charge.queue()), charge.flavor()));
  }

  /** How much more of a limited flavor the queue can take: its own, and what it can borrow. */
  static long available(QuotaTree tree, Usage usage, String queue, String flavor) {
    return available(tree, usage::of, tree.path(queue), flavor);
  }

  private static long available(QuotaTree tree, Counts usage, List<String> path, String flavor) {
    String node = path.getFirst();
    long charged = usage.of(node, flavor).charged();
    if (path.size() == 1) {
      return Math.max(0, tree.owned(node, flavor) - charged);
    }
    long above = available(tree, usage, path.subList(1, path.size()), flavor);
    long unlent = tree.unlent(node, flavor);
    long borrowing = tree.limitsOf(node, flavor).borrowing();
    if (borrowing != Limits.UNLIMITED) {
      long most = tree.owned(node, flavor) - unlent + borrowing - Math.max(0, charged - unlent);
      above = Math.max(0, Math.min(above, most));
    }
    return Math.max(0, unlent - charged) + above;
  }
}
