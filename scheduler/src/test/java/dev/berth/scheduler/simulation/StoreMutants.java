package dev.berth.scheduler.simulation;

import dev.berth.scheduler.core.Effect;
import dev.berth.scheduler.core.model.Placement;
import dev.berth.scheduler.core.quota.Quotas;
import dev.berth.scheduler.store.Commit;
import dev.berth.scheduler.store.Contents;
import dev.berth.scheduler.store.PlacementStore;
import dev.berth.scheduler.store.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Bugs of the store, and of how a leader takes what the store says. */
final class StoreMutants {
  private StoreMutants() {}

  /** Passes everything on; bugs override. */
  private abstract static class Passing implements PlacementStore {
    final PlacementStore store;

    Passing(PlacementStore store) {
      this.store = store;
    }

    @Override
    public Term begin(long atLeast) {
      return store.begin(atLeast);
    }

    @Override
    public Contents load() {
      return store.load();
    }

    @Override
    public Commit commit(Term term, List<Effect.Write> writes) {
      return store.commit(term, writes);
    }
  }

  private static PlacementStore loading(PlacementStore store, UnaryOperator<Contents> change) {
    return new Passing(store) {
      @Override
      public Contents load() {
        return change.apply(store.load());
      }
    };
  }

  private static PlacementStore placements(PlacementStore store, Predicate<Placement> kept) {
    return loading(store, c -> with(c, c.placements().stream().filter(kept).toList()));
  }

  private static PlacementStore believing(PlacementStore store, Predicate<Commit> durable) {
    return new Passing(store) {
      @Override
      public Commit commit(Term term, List<Effect.Write> writes) {
        Commit commit = store.commit(term, writes);
        return durable.test(commit) ? new Commit.Durable() : commit;
      }
    };
  }

  /** Writes of a deposed leader are taken. */
  static PlacementStore ignoresTheFence(PlacementStore store, PlacementStore bare) {
    return new Passing(store) {
      @Override
      public Commit commit(Term term, List<Effect.Write> writes) {
        return store.commit(((TruthStore) bare).latest(), writes);
      }
    };
  }

  /** A refused commit is taken for a durable one. */
  static PlacementStore refusedIsDurable(PlacementStore store, PlacementStore bare) {
    return believing(store, Commit.StaleEpoch.class::isInstance);
  }

  /** A commit that may be lost is taken for a durable one. */
  static PlacementStore unknownIsDurable(PlacementStore store, PlacementStore bare) {
    return believing(store, Commit.Unknown.class::isInstance);
  }

  /** A leader publishes and answers first, and writes with the next commit. */
  static PlacementStore answersBeforeDurable(PlacementStore store, PlacementStore bare) {
    return new Passing(store) {
      private List<Effect.Write> late = List.of();

      @Override
      public Commit commit(Term term, List<Effect.Write> writes) {
        List<Effect.Write> former = late;
        late = List.copyOf(writes);
        return store.commit(term, former);
      }
    };
  }

  /** Answers that need no write are not fenced. */
  static PlacementStore readsAreNotFenced(PlacementStore store, PlacementStore bare) {
    return new Passing(store) {
      @Override
      public Commit commit(Term term, List<Effect.Write> writes) {
        return writes.isEmpty() ? new Commit.Durable() : store.commit(term, writes);
      }
    };
  }

  /** Of several writes the last is lost. */
  static PlacementStore tornCommit(PlacementStore store, PlacementStore bare) {
    return new Passing(store) {
      @Override
      public Commit commit(Term term, List<Effect.Write> writes) {
        int kept = writes.size() > 1 ? writes.size() - 1 : writes.size();
        return store.commit(term, writes.subList(0, kept));
      }
    };
  }

  /** What was written is written once more with the next commit. */
  static PlacementStore writesTwice(PlacementStore store, PlacementStore bare) {
    return new Passing(store) {
      private List<Effect.Write> former = List.of();

      @Override
      public Commit commit(Term term, List<Effect.Write> writes) {
        List<Effect.Write> all = new ArrayList<>(writes);
        all.addAll(former);
        former = List.copyOf(writes);
        return store.commit(term, all);
      }
    };
  }

  static PlacementStore restoreForgetsReleasing(PlacementStore store, PlacementStore bare) {
    return placements(store, p -> !(p instanceof Placement.Releasing));
  }

  static PlacementStore restoreForgetsTheQueue(PlacementStore store, PlacementStore bare) {
    return placements(store, p -> !(p instanceof Placement.Waiting));
  }

  static PlacementStore restoreForgetsGangs(PlacementStore store, PlacementStore bare) {
    return placements(store, p -> p.leases().size() < 2);
  }

  /** A new leader takes what is being drained for placed. */
  static PlacementStore restoreForgetsTheRelease(PlacementStore store, PlacementStore bare) {
    return loading(
        store,
        c ->
            with(
                c,
                c.placements().stream()
                    .map(p -> p instanceof Placement.Releasing r ? r.placed() : p)
                    .toList()));
  }

  /** A new leader reads what was there when it read the last time. */
  static PlacementStore readsOldContents(PlacementStore store, PlacementStore bare) {
    return new Passing(store) {
      private Contents before = empty();

      @Override
      public Contents load() {
        Contents old = before;
        before = store.load();
        return old;
      }
    };
  }

  private static Contents empty() {
    return new Contents(Map.of(), List.of(), List.of(), Quotas.NONE, Map.of(), Map.of());
  }

  private static Contents with(Contents contents, List<Placement> placements) {
    return new Contents(
        contents.nodes(),
        placements,
        contents.flavors(),
        contents.quotas(),
        contents.history(),
        contents.spared());
  }

  /** The fence rises, the epoch that agents see does not. */
  static PlacementStore epochStays(PlacementStore store, PlacementStore bare) {
    return new Passing(store) {
      @Override
      public Term begin(long atLeast) {
        Term term = store.begin(atLeast);
        return new Term(1, term.fence());
      }
    };
  }

  /** A new leader fences nobody: it goes on under the last term. */
  static PlacementStore beginsNoTerm(PlacementStore store, PlacementStore bare) {
    return new Passing(store) {
      @Override
      public Term begin(long atLeast) {
        Term last = ((TruthStore) bare).latest();
        return last.epoch() == 0 ? store.begin(atLeast) : last;
      }
    };
  }
}
