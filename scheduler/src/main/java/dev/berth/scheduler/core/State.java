package dev.berth.scheduler.core;

import dev.berth.collect.OrderedMap;
import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.model.Flavor;
import dev.berth.scheduler.core.model.Inventory;
import dev.berth.scheduler.core.model.Lease;
import dev.berth.scheduler.core.model.Placement;
import dev.berth.scheduler.core.pack.SupplyDemand;
import dev.berth.scheduler.core.quota.Book;
import dev.berth.scheduler.core.quota.Past;
import dev.berth.scheduler.core.quota.QuotaKey;
import dev.berth.scheduler.core.quota.Quotas;
import dev.berth.scheduler.core.reserve.Outlook;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All the scheduler knows, immutable. {@code epoch} is the term in which it decides. {@code queue}
 * holds the ids of waiting placements; {@code retry} says that waiting placements may fit by now;
 * {@code supplyDemand} is what placements are ranked by; {@code book} holds the quotas and what
 * follows from the placements about them; {@code outlook} is what is expected of the future, and
 * not stored.
 */
public record State(
    long epoch,
    OrderedMap<String, Node> nodes,
    OrderedMap<String, Placement> placements,
    OrderedMap<QueueKey, String> queue,
    List<Flavor> flavors,
    boolean retry,
    SupplyDemand supplyDemand,
    Book book,
    Outlook outlook) {

  /** Highest priority first, then first come, first served; the id breaks ties. */
  public record QueueKey(int priority, long createdNanos, String id)
      implements Comparable<QueueKey> {
    public static QueueKey of(Placement placement) {
      return new QueueKey(
          placement.request().policy().priority(), placement.createdNanos(), placement.id());
    }

    @Override
    public int compareTo(QueueKey other) {
      int order = Integer.compare(other.priority, priority);
      order = order != 0 ? order : Long.compare(createdNanos, other.createdNanos);
      return order != 0 ? order : id.compareTo(other.id);
    }
  }

  public State {
    flavors = List.copyOf(flavors);
  }

  public static State empty(long epoch) {
    return new State(
        epoch,
        OrderedMap.empty(),
        OrderedMap.empty(),
        OrderedMap.empty(),
        List.of(),
        false,
        SupplyDemand.UNKNOWN,
        Book.EMPTY,
        Outlook.EMPTY);
  }

  /** The state that stored facts imply. No node is ready until it heartbeats. */
  public static State restore(
      long epoch,
      Map<String, Inventory> inventories,
      Collection<Placement> placements,
      List<Flavor> flavors) {
    State state = empty(epoch).withFlavors(flavors);
    for (Map.Entry<String, Inventory> node : inventories.entrySet()) {
      state = state.with(Node.of(node.getKey(), node.getValue()));
    }
    for (Placement placement : placements) {
      state = state.with(placement).holding(placement.leases());
    }
    return state;
  }

  /** The same state in which these nodes were heard of at {@code now}, so what waits may start. */
  public State trusting(Set<String> ready, long now) {
    State state = this;
    for (String name : ready) {
      Node node = nodes.get(name);
      state = node == null ? state : state.with(node.seen(now));
    }
    return ready.isEmpty() ? state : state.withRetry(true);
  }

  State with(Node node) {
    return withNodes(nodes.with(node.name(), node));
  }

  public State withNodes(OrderedMap<String, Node> now) {
    return new State(epoch, now, placements, queue, flavors, retry, supplyDemand, book, outlook);
  }

  public State withOutlook(Outlook now) {
    return now == outlook
        ? this
        : new State(epoch, nodes, placements, queue, flavors, retry, supplyDemand, book, now);
  }

  State with(Book now) {
    return new State(epoch, nodes, placements, queue, flavors, retry, supplyDemand, now, outlook);
  }

  /** A state of the same fleet that is ranked by another supply and demand. */
  public State with(SupplyDemand now) {
    return new State(epoch, nodes, placements, queue, flavors, retry, now, book, outlook);
  }

  /** The same placements under quotas, with what else is known about their queues and owners. */
  public State under(
      Quotas quotas, OrderedMap<QuotaKey, Past> history, OrderedMap<String, Long> spared) {
    return with(book.under(quotas, placements.values()).withHistory(history).withSpared(spared));
  }

  State withFlavors(List<Flavor> now) {
    return new State(epoch, nodes, placements, queue, now, retry, supplyDemand, book, outlook);
  }

  public State withRetry(boolean now) {
    return now == retry
        ? this
        : new State(epoch, nodes, placements, queue, flavors, now, supplyDemand, book, outlook);
  }

  /** Puts the placement, and keeps the queue in step with it. */
  State with(Placement placement) {
    QueueKey key = QueueKey.of(placement);
    OrderedMap<QueueKey, String> waiting =
        placement instanceof Placement.Waiting
            ? queue.with(key, placement.id())
            : queue.without(key);
    return new State(
        epoch,
        nodes,
        placements.with(placement.id(), placement),
        waiting,
        flavors,
        retry,
        supplyDemand,
        book.replace(placements.get(placement.id()), placement),
        outlook);
  }

  State without(Placement placement) {
    return new State(
        epoch,
        nodes,
        placements.without(placement.id()),
        queue.without(QueueKey.of(placement)),
        flavors,
        retry,
        supplyDemand,
        book.replace(placements.get(placement.id()), null),
        outlook);
  }

  State holding(List<Lease> leases) {
    OrderedMap<String, Node> now = nodes;
    for (Lease lease : leases) {
      Node node = now.get(lease.node());
      Node known = node == null ? Node.of(lease.node(), Inventory.NOTHING) : node;
      now = now.with(lease.node(), known.with(lease));
    }
    return withNodes(now);
  }

  State freeing(List<Lease> leases) {
    OrderedMap<String, Node> now = nodes;
    for (Lease lease : leases) {
      Node node = now.get(lease.node());
      now = node == null ? now : now.with(lease.node(), node.without(lease.id()));
    }
    return withNodes(now);
  }
}
