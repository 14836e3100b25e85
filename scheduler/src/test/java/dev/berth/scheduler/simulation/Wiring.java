package dev.berth.scheduler.simulation;

import dev.berth.scheduler.core.Step;
import dev.berth.scheduler.leadership.DecisionObserver;
import dev.berth.scheduler.store.PlacementStore;

/** How the parts are put together; a planted bug comes between them. */
interface Wiring {
  Wiring CORRECT = new Wiring() {};

  default Step core(Step core) {
    return core;
  }

  /** The store itself, shared by all. */
  default PlacementStore shared(TruthStore store) {
    return store;
  }

  /** What one leader uses as the store; {@code bare} is the store itself, shared by all. */
  default PlacementStore store(PlacementStore store, PlacementStore bare) {
    return store;
  }

  /** What tells the agents of decisions. */
  default DecisionObserver sessions(DecisionObserver sessions) {
    return sessions;
  }

  default boolean agent(AgentFlaw flaw) {
    return false;
  }

  enum AgentFlaw {
    ACCEPTS_OLD_EPOCHS,
    FORGETS_EPOCH,
    FORGETS_JOURNAL,
    GONE_WHILE_DRAINING,
    FORGETS_GONE,
    FORGETS_UNSEEN,
    SAYS_GONE_ONCE,
    HEARS_NO_REVOKE,
    TRUSTS_OLD_LISTS
  }
}
