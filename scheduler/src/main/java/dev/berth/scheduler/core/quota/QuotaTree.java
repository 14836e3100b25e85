package dev.berth.scheduler.core.quota;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The quotas as a forest. A flavor that any node of a tree names is limited for all queues of the
 * tree; all else is unlimited. A queue that is not named belongs to the node {@link #OTHERS} when
 * there is one, with nothing of its own.
 */
public final class QuotaTree {
  public static final String OTHERS = "*";
  public static final QuotaTree NONE = of(Quotas.NONE);

  private final Quotas quotas;
  private final Map<String, QuotaNode> nodes = new HashMap<>();
  private final Map<String, Set<String>> flavors = new HashMap<>();
  private final Map<QuotaKey, Long> owned = new HashMap<>();
  private final Map<String, List<String>> paths = new HashMap<>();

  private QuotaTree(Quotas quotas) {
    this.quotas = quotas;
    quotas.nodes().forEach(node -> nodes.put(node.name(), node));
    quotas.nodes().forEach(node -> paths.put(node.name(), upFrom(node)));
    for (QuotaNode node : quotas.nodes()) {
      flavors
          .computeIfAbsent(path(node.name()).getLast(), root -> new TreeSet<>())
          .addAll(node.limits().keySet());
    }
    List<QuotaNode> deepestFirst = new ArrayList<>(quotas.nodes());
    deepestFirst.sort((a, b) -> path(b.name()).size() - path(a.name()).size());
    deepestFirst.forEach(this::own);
  }

  /** A tree of quotas that {@link QuotaRules} finds nothing wrong with; else it may not end. */
  public static QuotaTree of(Quotas quotas) {
    String broken = QuotaRules.broken(quotas);
    if (broken != null) {
      throw new IllegalArgumentException(broken);
    }
    return new QuotaTree(quotas);
  }

  /** Adds the node's nominal quota to itself, and what it lends to its parent. */
  private void own(QuotaNode node) {
    for (String flavor : flavors(node.name())) {
      Limits limits = node.limits(flavor);
      long all = owned.merge(new QuotaKey(node.name(), flavor), limits.nominal(), Long::sum);
      if (!node.parent().isEmpty()) {
        long lent = Math.min(all, limits.lending());
        owned.merge(new QuotaKey(node.parent(), flavor), lent, Long::sum);
      }
    }
  }

  private List<String> upFrom(QuotaNode node) {
    List<String> path = new ArrayList<>();
    for (QuotaNode at = node; at != null; at = nodes.get(at.parent())) {
      path.add(at.name());
    }
    return List.copyOf(path);
  }

  /** True when no quotas are published. */
  public boolean isEmpty() {
    return nodes.isEmpty();
  }

  public Quotas quotas() {
    return quotas;
  }

  /** The queue, its cohort, and so on up to the root; empty when nothing limits the queue. */
  public List<String> path(String queue) {
    List<String> known = paths.get(queue);
    List<String> others = paths.get(OTHERS);
    if (known != null || others == null) {
      return known == null ? List.of() : known;
    }
    List<String> path = new ArrayList<>(others.size() + 1);
    path.add(queue);
    path.addAll(others);
    return path;
  }

  /** The flavors that are limited for a queue. */
  public Set<String> flavors(String queue) {
    List<String> path = path(queue);
    return path.isEmpty() ? Set.of() : flavors.getOrDefault(path.getLast(), Set.of());
  }

  public boolean limits(String queue, String flavor) {
    return flavors(queue).contains(flavor);
  }

  public Limits limitsOf(String node, String flavor) {
    QuotaNode known = nodes.get(node);
    return known == null ? Limits.NONE : known.limits(flavor);
  }

  public int weight(String node) {
    QuotaNode known = nodes.get(node);
    return known == null ? 1 : known.weight();
  }

  /** What the node and all below it have without borrowing: nominal and what children lend. */
  public long owned(String node, String flavor) {
    return owned.getOrDefault(new QuotaKey(node, flavor), 0L);
  }

  /** The part of {@link #owned} that is never lent to others. */
  public long unlent(String node, String flavor) {
    return Math.max(0, owned(node, flavor) - limitsOf(node, flavor).lending());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof QuotaTree tree && tree.quotas.equals(quotas);
  }

  @Override
  public int hashCode() {
    return quotas.hashCode();
  }
}
