package dev.berth.scheduler.core.quota;

import dev.berth.scheduler.core.model.Placement;
import dev.berth.scheduler.core.model.Request;
import dev.berth.scheduler.core.time.Means;

/**
 * Waiting requests of one priority and quota queue that ask for the same amount of the same flavor,
 * so that among them arrival decides. {@code amount} is in members, {@code milli} in thousandths of
 * devices. The queue is empty while no quotas are published.
 */
public record Line(int priority, String queue, String flavor, long amount, long milli)
    implements Comparable<Line> {

  /** One request in its line. */
  public record Place(Line line, long createdNanos, String id) implements Comparable<Place> {
    static Place of(QuotaTree tree, Placement placement) {
      return new Place(
          Line.of(tree, placement.request()), placement.createdNanos(), placement.id());
    }

    @Override
    public int compareTo(Place other) {
      int order = line == other.line ? 0 : line.compareTo(other.line);
      order = order != 0 ? order : Long.compare(createdNanos, other.createdNanos);
      return order != 0 ? order : id.compareTo(other.id);
    }
  }

  static Line of(QuotaTree tree, Request request) {
    return new Line(
        request.policy().priority(),
        tree.isEmpty() ? "" : request.queue(),
        request.flavor(),
        request.members().size(),
        Means.milli(request));
  }

  public Charge charge() {
    return new Charge(queue, flavor, amount);
  }

  /** Before all that are in this line. */
  public Place front() {
    return new Place(this, Long.MIN_VALUE, "");
  }

  /** Behind all that are in this line; no id is as large. */
  public Place end() {
    return new Place(this, Long.MAX_VALUE, "\uFFFF");
  }

  @Override
  public int compareTo(Line other) {
    int order = Integer.compare(other.priority, priority);
    order = order != 0 ? order : queue.compareTo(other.queue);
    order = order != 0 ? order : flavor.compareTo(other.flavor);
    order = order != 0 ? order : Long.compare(amount, other.amount);
    return order != 0 ? order : Long.compare(milli, other.milli);
  }
}
