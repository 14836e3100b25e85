package dev.berth.scheduler.store;

import dev.berth.scheduler.core.Effect;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Where the facts of the scheduler outlive it. One thread uses a store at a time. */
public interface PlacementStore {

  /**
   * Begins a term with an epoch of at least {@code atLeast}; from now on older terms are fenced.
   */
  Term begin(long atLeast);

  /** Everything stored, including all that any earlier term got durable. */
  Contents load();

  /** A standby calls this now and then, so that little is left to read for {@link #load}. */
  default void follow() {}

  /**
   * Writes all or nothing, in one transaction that also checks the term and the order: commit
   * {@code number} of a term, counted from 1, is refused unless all before it are durable. Does not
   * wait, so several may be on their way.
   */
  CompletableFuture<Commit> commit(Term term, long number, List<Effect.Write> writes);
}
