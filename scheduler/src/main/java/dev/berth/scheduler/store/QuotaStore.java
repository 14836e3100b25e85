package dev.berth.scheduler.store;

import dev.berth.turns.quota.QuotaEffect;
import dev.berth.turns.quota.VisitorQuota;
import java.util.Collection;

/** Where ZeroGPU quotas outlive the leader. */
public interface QuotaStore {
  /**
   * Reads all and begins to write for the leader of {@code epoch}; whoever began before cannot
   * write any more. Throws {@link NotTheTermException} if another epoch is there, and {@link
   * StoreException} if nothing can be read.
   */
  Tenure begin(long epoch);

  /** The right to write, until somebody else begins. */
  interface Tenure {
    /** What was kept at the beginning. */
    Collection<VisitorQuota> saved();

    /**
     * Writes what each visitor has become; visitors are independent of each other. Without writes
     * it tells whether this tenure still holds.
     */
    Commit commit(Collection<QuotaEffect.Write> writes);
  }

  /** Somebody else leads. */
  final class NotTheTermException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotTheTermException(long expected, long found) {
      super("The epoch is %d, not %d".formatted(found, expected), null, false, false);
    }
  }
}
