package dev.berth.scheduler.core.quota;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Other limits for one flavor of one published node, in members; null leaves one as it is. */
public record QuotaChange(
    String node,
    String flavor,
    @Nullable Long nominal,
    @Nullable Long borrowing,
    @Nullable Long lending) {

  /** What makes the change impossible or useless, as the end of a sentence; null when nothing. */
  public @Nullable String broken(QuotaTree tree) {
    if (tree.quotas().nodes().stream().noneMatch(known -> known.name().equals(node))) {
      return "names quota node '%s', which is not published; ListQuotas tells the nodes, and '%s' stands for all that are not named."
          .formatted(node, QuotaTree.OTHERS);
    }
    if (!tree.limits(node, flavor)) {
      return "names flavor '%s', which is not limited for '%s': there is nothing to raise; its tree limits %s."
          .formatted(flavor, node, tree.flavors(node));
    }
    if (nominal == null && borrowing == null && lending == null) {
      return "changes no limit of '%s'; give nominal, borrowing_limit or lending_limit."
          .formatted(node);
    }
    String rules = QuotaRules.broken(changed(tree.quotas()));
    return rules != null ? "does not hold: " + rules : beyond(applied(tree));
  }

  /** Limits on what can never be borrowed or lent are rather a slip than a wish. */
  private @Nullable String beyond(QuotaTree after) {
    List<String> path = after.path(node);
    if (path.size() == 1 && (borrowing != null || lending != null)) {
      return "limits what '%s' borrows or lends, but it has no parent; give nominal only."
          .formatted(node);
    }
    long owned = after.owned(node, flavor);
    if (lending != null && lending > owned) {
      return "lets '%s' lend %d of '%s', but it has %d; lend that at most."
          .formatted(node, lending, flavor, owned);
    }
    if (borrowing == null) {
      return null;
    }
    long lent = owned - after.unlent(node, flavor);
    long most = QuotaVerdict.available(after, Usage.NOTHING, path.get(1), flavor) - lent;
    return borrowing > most
        ? "lets '%s' borrow %d of '%s', but its parent '%s' could never give more than %d; raise that first."
            .formatted(node, borrowing, flavor, path.get(1), most)
        : null;
  }

  /** The tree after a change that is not {@link #broken}. */
  public QuotaTree applied(QuotaTree tree) {
    return QuotaTree.of(changed(tree.quotas()));
  }

  private Quotas changed(Quotas quotas) {
    return new Quotas(
        quotas.nodes().stream().map(this::changed).toList(),
        quotas.halfLifeNanos(),
        quotas.coolDownNanos());
  }

  private QuotaNode changed(QuotaNode known) {
    if (!known.name().equals(node)) {
      return known;
    }
    Limits now = known.limits(flavor);
    Map<String, Limits> limits = new HashMap<>(known.limits());
    limits.put(
        flavor,
        new Limits(
            nominal == null ? now.nominal() : nominal,
            borrowing == null ? now.borrowing() : borrowing,
            lending == null ? now.lending() : lending));
    return new QuotaNode(known.name(), known.parent(), known.weight(), limits);
  }
}
