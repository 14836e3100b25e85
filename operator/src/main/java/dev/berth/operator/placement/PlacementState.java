package dev.berth.operator.placement;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where a placement stands, as far as the operator knows. */
public sealed interface PlacementState {
  /** In the scheduler's queue; position 1 is next. */
  record Waiting(int position, List<Reason> reasons) implements PlacementState {}

  /**
   * Devices are held: one lease a member, in order, or one for each host of a TPU slice. {@code
   * choice} is what was placed: 0 as asked, n the n-th fallback; {@code betterAvailable}: an
   * earlier choice has been free for a while.
   */
  record Placed(
      long epoch, List<Lease> leases, Instant placedAt, int choice, boolean betterAvailable)
      implements PlacementState {
    public Placed(long epoch, List<Lease> leases, Instant placedAt) {
      this(epoch, leases, placedAt, 0, false);
    }
  }

  /** Given back, or taken back by an eviction; the nodes are still unpreparing. */
  record Releasing(Optional<Eviction> eviction) implements PlacementState {
    public Releasing() {
      this(Optional.empty());
    }
  }

  /** The scheduler keeps nothing of it. */
  record Rejected(List<Reason> reasons, Instant at) implements PlacementState {}

  /** A call failed, so the scheduler may or may not know it; repeat the call with the same id. */
  record Unconfirmed(String message, Instant at) implements PlacementState {}
}
