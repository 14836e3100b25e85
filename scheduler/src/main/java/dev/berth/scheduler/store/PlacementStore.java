package dev.berth.scheduler.store;

import dev.berth.scheduler.core.Effect;
import java.util.List;

/** Where the facts of the scheduler outlive it. One thread uses a store at a time. */
public interface PlacementStore {

  /**
   * Begins a term with an epoch of at least {@code atLeast}; from now on older terms are fenced.
   */
  Term begin(long atLeast);

  /** Everything stored, including all that any earlier term got durable. */
  Contents load();

  /** Writes all or nothing, in one transaction that also checks the term. */
  Commit commit(Term term, List<Effect.Write> writes);
}
