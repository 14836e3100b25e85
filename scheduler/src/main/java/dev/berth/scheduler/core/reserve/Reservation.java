package dev.berth.scheduler.core.reserve;

import dev.berth.scheduler.core.model.Lease;
import dev.berth.scheduler.core.model.Placement;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Room kept for a waiting request: it is expected to take {@code leases} at {@code startNanos}
 * (unix nanoseconds) and to give them back by {@code endNanos}. {@code ending} are the leases on
 * these nodes that are expected to end by then; what they hold is not held back from anybody.
 */
public record Reservation(
    Placement.Waiting holder,
    long startNanos,
    long endNanos,
    List<Lease> leases,
    Set<String> ending) {
  public Reservation {
    leases = List.copyOf(leases);
    ending = Set.copyOf(ending);
  }

  public String id() {
    return holder.id();
  }

  public int priority() {
    return holder.request().policy().priority();
  }

  /** The nodes that it will use, in order of their names. */
  public Set<String> nodes() {
    Set<String> nodes = new TreeSet<>();
    leases.forEach(lease -> nodes.add(lease.node()));
    return nodes;
  }

  /** True when something that runs from {@code start} to {@code end} could be in its way. */
  public boolean overlaps(long start, long end) {
    return end > startNanos && start < endNanos;
  }

  /** The same, knowing that these leases will have ended when it starts. */
  Reservation outlives(List<Lease> leases) {
    Set<String> nodes = nodes();
    Set<String> more = new TreeSet<>(ending);
    leases.stream().filter(l -> nodes.contains(l.node())).forEach(l -> more.add(l.id()));
    return new Reservation(holder, startNanos, endNanos, this.leases, more);
  }
}
