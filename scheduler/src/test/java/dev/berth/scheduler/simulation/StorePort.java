package dev.berth.scheduler.simulation;

import dev.berth.scheduler.core.Effect;
import dev.berth.scheduler.store.Commit;
import dev.berth.scheduler.store.Contents;
import dev.berth.scheduler.store.PlacementStore;
import dev.berth.scheduler.store.StoreException;
import dev.berth.scheduler.store.Term;
import java.io.IOException;
import java.util.List;

/** One candidate's way to the store, with all that can go wrong on it. */
final class StorePort implements PlacementStore {
  private static final IOException LOST = new IOException("connection loss");
  private final World world;
  private final SimulatedCandidate candidate;
  private boolean reachable = true;

  StorePort(World world, SimulatedCandidate candidate) {
    this.world = world;
    this.candidate = candidate;
  }

  boolean reachable() {
    return reachable && world.storeUp();
  }

  void reach(boolean now) {
    reachable = now;
  }

  @Override
  public Term begin(long atLeast) {
    require();
    Term term = world.store().begin(atLeast);
    if (world.fault(3)) {
      throw new StoreException("lost after the term began", LOST);
    }
    return term;
  }

  @Override
  public Contents load() {
    require();
    return world.store().load();
  }

  private void require() {
    if (!reachable() || world.fault(2)) {
      throw new StoreException("unreachable", LOST);
    }
  }

  @Override
  public Commit commit(Term term, List<Effect.Write> writes) {
    if (!reachable() || world.fault(1)) {
      world.tally().count(Tally.Kind.LOST_COMMITS);
      return new Commit.Unknown(LOST);
    }
    if (world.fault(2)) {
      world.election().usurp();
    }
    Commit commit = world.store().commit(term, writes);
    if (world.fault(1)) {
      world.tally().count(Tally.Kind.COMMITS_OF_UNKNOWN_FATE);
      return new Commit.Unknown(LOST);
    }
    if (world.fault(1)) {
      world.tally().count(Tally.Kind.CRASHES_AFTER_COMMIT);
      candidate.crash();
    } else if (world.fault(2)) {
      world.election().usurp();
    }
    return commit;
  }
}
