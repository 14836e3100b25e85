package dev.berth.scheduler.core.quota;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** How one flavor of one node of the quota tree stands; see the API for the fields. */
public record QuotaView(
    QuotaKey key,
    String parent,
    long nominal,
    long used,
    long borrowed,
    long available,
    long averageMicros,
    long sharePpm) {

  /** All limited flavors of all named nodes, and of the other queues that use something. */
  public static List<QuotaView> of(Book book, long now) {
    TreeSet<QuotaKey> keys = new TreeSet<>(book.usage().counts().keySet());
    keys.removeIf(key -> !book.tree().limits(key.node(), key.flavor()));
    for (QuotaNode node : book.tree().quotas().nodes()) {
      book.tree().flavors(node.name()).forEach(f -> keys.add(new QuotaKey(node.name(), f)));
    }
    List<QuotaView> views = new ArrayList<>();
    keys.forEach(key -> views.add(of(book, key, now)));
    return views;
  }

  private static QuotaView of(Book book, QuotaKey key, long now) {
    QuotaTree tree = book.tree();
    List<String> path = tree.path(key.node());
    Usage.Count count = book.usage().of(key.node(), key.flavor());
    return new QuotaView(
        key,
        path.size() > 1 ? path.get(1) : "",
        tree.limitsOf(key.node(), key.flavor()).nominal(),
        count.total(),
        Math.max(0, count.charged() - tree.owned(key.node(), key.flavor())),
        QuotaVerdict.available(tree, book.usage(), key.node(), key.flavor()),
        FairShare.average(book, key.node(), key.flavor(), now),
        FairShare.of(book, key.node(), now));
  }
}
