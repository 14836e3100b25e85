package dev.berth.scheduler.core.model;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A request in its present state. Times are unix nanoseconds; each transition is a method. */
public sealed interface Placement {
  Request request();

  long createdNanos();

  default String id() {
    return request().id();
  }

  /** Empty while waiting. */
  default List<Lease> leases() {
    return List.of();
  }

  /** Queued, holds nothing; with a nomination, what its victims free is kept for it. */
  record Waiting(Request request, long createdNanos, @Nullable Nomination nomination)
      implements Placement {
    public Waiting(Request request, long createdNanos) {
      this(request, createdNanos, null);
    }

    public Waiting nominated(@Nullable Nomination now) {
      return new Waiting(request, createdNanos, now);
    }

    public Placed place(List<Lease> leases, long epoch, long now) {
      return place(leases, epoch, now, 0);
    }

    /** {@code choice} as in {@link Request#chosen}. */
    public Placed place(List<Lease> leases, long epoch, long now, int choice) {
      return new Placed(request, createdNanos, now, epoch, leases, choice);
    }
  }

  /**
   * Holds its leases by a decision of {@code epoch}: members in order, one lease each, or one for
   * each host of a TPU slice that spans several. {@code choice} is what was placed.
   */
  record Placed(
      Request request,
      long createdNanos,
      long placedNanos,
      long epoch,
      List<Lease> leases,
      int choice)
      implements Placement {
    public Placed {
      leases = List.copyOf(leases);
    }

    /** What it holds, and what is to be paid: the request as served. */
    public Request granted() {
      return request.chosen(choice);
    }

    public Releasing release() {
      return evict(null);
    }

    /** Taken back from its owner when {@code eviction} is given. */
    public Releasing evict(@Nullable Eviction eviction) {
      Set<String> pending = new TreeSet<>();
      leases.forEach(lease -> pending.add(lease.id()));
      return new Releasing(this, pending, eviction);
    }
  }

  /**
   * Given back by its owner, or taken back for the reason of its {@code eviction}; holds its
   * devices until every lease in {@code pending} is gone.
   */
  record Releasing(Placed placed, Set<String> pending, @Nullable Eviction eviction)
      implements Placement {
    public Releasing {
      pending = Set.copyOf(pending);
    }

    public Releasing(Placed placed, Set<String> pending) {
      this(placed, pending, null);
    }

    public Releasing gone(String leaseId) {
      Set<String> rest = new TreeSet<>(pending);
      rest.remove(leaseId);
      return new Releasing(placed, rest, eviction);
    }

    @Override
    public Request request() {
      return placed.request();
    }

    @Override
    public long createdNanos() {
      return placed.createdNanos();
    }

    @Override
    public List<Lease> leases() {
      return placed.leases();
    }
  }
}
