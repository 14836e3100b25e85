package dev.berth.scheduler.core.quota;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Quota trees from a seed, and the numbers of a tree counted by other code than the tree's. */
public final class RandomTree {
  private RandomTree() {}

  /** Queues q0.. under cohorts c0..; q0 alone is a root now and then. */
  public static Quotas quotas(Random random, List<String> flavors, int most) {
    List<QuotaNode> nodes = new ArrayList<>();
    int cohorts = 1 + random.nextInt(3);
    for (int i = 0; i < cohorts; i++) {
      String parent = i == 0 ? "" : "c" + random.nextInt(i);
      nodes.add(node(random, "c" + i, parent, flavors, most / 2));
    }
    for (int i = 0; i < 4; i++) {
      boolean alone = i == 0 && random.nextInt(4) == 0;
      String parent = alone ? "" : "c" + random.nextInt(cohorts);
      nodes.add(node(random, "q" + i, parent, flavors, most));
    }
    if (random.nextInt(3) == 0) {
      nodes.add(node(random, QuotaTree.OTHERS, "c0", flavors, 2));
    }
    long half = random.nextInt(3) == 0 ? 0 : 1 + random.nextLong(100_000_000_000L);
    return new Quotas(nodes, half, random.nextLong(20_000_000_000L));
  }

  private static QuotaNode node(
      Random random, String name, String parent, List<String> flavors, int most) {
    Map<String, Limits> limits = new HashMap<>();
    for (String flavor : flavors) {
      if (random.nextInt(4) > 0) {
        limits.put(
            flavor,
            new Limits(
                random.nextInt(most + 1),
                random.nextBoolean() ? Limits.UNLIMITED : random.nextInt(most + 1),
                random.nextBoolean() ? Limits.UNLIMITED : random.nextInt(most + 1)));
      }
    }
    return new QuotaNode(name, parent, 1 + random.nextInt(3), limits);
  }

  /** Nominal of the node, and of each child what it lends. */
  public static long owned(Quotas quotas, QuotaNode node, String flavor) {
    long owned = node.limits(flavor).nominal();
    for (QuotaNode child : children(quotas, node)) {
      owned += Math.min(child.limits(flavor).lending(), owned(quotas, child, flavor));
    }
    return owned;
  }

  /** Direct use, and of each child what exceeds what it does not lend. */
  public static long charged(
      Quotas quotas, QuotaNode node, String flavor, Map<String, Long> direct) {
    long charged = direct.getOrDefault(node.name(), 0L);
    for (QuotaNode child : children(quotas, node)) {
      long lent = Math.min(child.limits(flavor).lending(), owned(quotas, child, flavor));
      long unlent = owned(quotas, child, flavor) - lent;
      charged += Math.max(0, charged(quotas, child, flavor, direct) - unlent);
    }
    return charged;
  }

  /** The most that may be charged to the node. */
  public static long bound(Quotas quotas, QuotaNode node, String flavor) {
    long owned = owned(quotas, node, flavor);
    long borrowing = node.limits(flavor).borrowing();
    return node.parent().isEmpty()
        ? owned
        : borrowing == Limits.UNLIMITED ? Limits.UNLIMITED : owned + borrowing;
  }

  private static List<QuotaNode> children(Quotas quotas, QuotaNode node) {
    return quotas.nodes().stream().filter(n -> n.parent().equals(node.name())).toList();
  }
}
