package dev.berth.scheduler.core.audit;

/** One thing that is not as the placements imply: {@code where} names it, as in "node-1/gpu-0". */
public record Discrepancy(Kind kind, String where, String expected, String found) {

  /** What is wrong; the names are those of the metric's label. */
  public enum Kind {
    /** A placement, node or lease stands under a key that is not its own. */
    WRONG_KEY,
    /** A placement that holds too few or too many leases, or not what it asked for. */
    GANG_BROKEN,
    /** A decision of an epoch later than that of the state. */
    FUTURE_EPOCH,
    /** A placement's lease that its node does not know, or knows otherwise. */
    LEASE_MISSING,
    /** A lease on a node that no placement holds. */
    LEASE_ORPHANED,
    /** Processor or memory in use is not the sum over the leases. */
    USAGE_WRONG,
    /** A card or chip is not marked as its leases use it. */
    DEVICE_WRONG,
    /** A device, or a part of one, is held twice. */
    DEVICE_TWICE,
    /** Leases hold more than the node has; a node that registered with less can cause it too. */
    OVER_CAPACITY,
    /** The queue is not exactly the waiting placements. */
    QUEUE_WRONG
  }

  /** One sentence for people. */
  public String sentence() {
    return "%s at %s: expected %s, found %s.".formatted(kind, where, expected, found);
  }
}
