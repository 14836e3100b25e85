package dev.berth.scheduler.core.preempt;

import dev.berth.scheduler.core.quota.Charge;
import dev.berth.scheduler.core.quota.QuotaTree;
import dev.berth.scheduler.core.quota.Usage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who may take back quota from whom, below the cohort that both are in. */
final class Reclaim {
  private Reclaim() {}

  /** The nearest node above both queues, when they are two queues of one tree. */
  static @Nullable String cohort(QuotaTree tree, String one, String other) {
    List<String> path = tree.path(other);
    return one.equals(other)
        ? null
        : tree.path(one).stream().filter(path::contains).findFirst().orElse(null);
  }

  /** False when no node above the queue would own enough, so that no cohort makes it right. */
  static boolean possible(QuotaTree tree, Usage usage, Charge charge) {
    Usage with = usage.plus(tree, charge);
    return tree.path(charge.queue()).stream().anyMatch(node -> owns(tree, with, charge, node));
  }

  /** With the charge, the part of the cohort that the queue is in uses only what is its own. */
  static boolean entitled(QuotaTree tree, Usage usage, Charge charge, String cohort) {
    List<String> path = tree.path(charge.queue());
    int below = path.indexOf(cohort) - 1;
    return below >= 0 && owns(tree, usage.plus(tree, charge), charge, path.get(below));
  }

  private static boolean owns(QuotaTree tree, Usage with, Charge charge, String node) {
    return with.of(node, charge.flavor()).charged() <= tree.owned(node, charge.flavor());
  }

  /** Each node from the queue up to below the cohort uses more than what is its own. */
  static boolean borrows(QuotaTree tree, Usage usage, Charge charge, String cohort) {
    for (String node : tree.path(charge.queue())) {
      if (node.equals(cohort)) {
        break;
      }
      if (usage.of(node, charge.flavor()).charged() <= tree.owned(node, charge.flavor())) {
        return false;
      }
    }
    return tree.limits(charge.queue(), charge.flavor());
  }
}
