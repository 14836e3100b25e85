package dev.berth.scheduler.core.quota;

/** One flavor of one queue or cohort. */
public record QuotaKey(String node, String flavor) implements Comparable<QuotaKey> {
  @Override
  public int compareTo(QuotaKey other) {
    int order = node.compareTo(other.node);
    return order != 0 ? order : flavor.compareTo(other.flavor);
  }
}
