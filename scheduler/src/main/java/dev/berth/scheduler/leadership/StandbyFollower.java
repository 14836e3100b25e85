package dev.berth.scheduler.leadership;

import dev.berth.scheduler.core.Step;
import dev.berth.scheduler.store.PlacementStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a standby warm: follows the store, so that little is left to read when it has to lead, and
 * rehearses until its code is compiled. A store that it cannot read is noticed before that. Used by
 * one thread.
 */
final class StandbyFollower {
  private static final Logger LOG = LoggerFactory.getLogger(StandbyFollower.class);

  private final PlacementStore store;
  private final Rehearsal rehearsal;
  private boolean complained;

  StandbyFollower(PlacementStore store, Step scheduler) {
    this.store = store;
    this.rehearsal = new Rehearsal(scheduler);
  }

  /** {@code now} in unix nanoseconds. */
  void catchUp(long now) {
    try {
      store.follow();
      if (!rehearsal.isOver()) {
        rehearsal.of(store.load().restore(0, now), now);
      }
      complained = false;
    } catch (RuntimeException e) {
      if (!complained) {
        LOG.atWarn().setCause(e).log("A standby could not read the store.");
      }
      complained = true;
    }
  }
}
