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
import java.util.Set;
import java.util.concurrent.CompletableFuture;
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
    public CompletableFuture<Commit> commit(Term term, long number, List<Effect.Write> writes) {
      return store.commit(term, number, writes);
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
      public CompletableFuture<Commit> commit(Term term, long number, List<Effect.Write> writes) {
        return store
            .commit(term, number, writes)
            .thenApply(commit -> durable.test(commit) ? new Commit.Durable() : commit);
      }
    };
  }

  /** Writes of a deposed leader are taken. */
  static PlacementStore ignoresTheFence(TruthStore truth) {
    return new Passing(truth) {
      @Override
      public CompletableFuture<Commit> commit(Term term, long number, List<Effect.Write> writes) {
        return truth.commit(truth.latest(), truth.next(), writes);
      }
    };
  }

  /** Commits that follow a lost one of their term are taken. */
  static PlacementStore ignoresTheOrder(TruthStore truth) {
    return new Passing(truth) {
      @Override
      public CompletableFuture<Commit> commit(Term term, long number, List<Effect.Write> writes) {
        return truth.commit(term, truth.next(), writes);
      }
    };
  }

  /** A leader answers as soon as a commit is sent. */
  static PlacementStore answersBeforeTheAck(PlacementStore store, PlacementStore bare) {
    return new Passing(store) {
      @Override
      public CompletableFuture<Commit> commit(Term term, long number, List<Effect.Write> writes) {
        var _ = store.commit(term, number, writes);
        return CompletableFuture.completedFuture(new Commit.Durable());
      }
    };
  }

  /** The answer to one commit is taken for that of the next, which is still in flight. */
  static PlacementStore mixesUpAcks(PlacementStore store, PlacementStore bare) {
    return new Passing(store) {
      private CompletableFuture<Commit> former = new CompletableFuture<>();

      @Override
      public CompletableFuture<Commit> commit(Term term, long number, List<Effect.Write> writes) {
        CompletableFuture<Commit> before = former;
        former = store.commit(term, number, writes);
        return number == 1 || before.isDone() ? former : before;
      }
    };
  }

  /** A leader goes on after a commit that was lost, as if nothing had been in it. */
  static PlacementStore goesOnAfterALoss(PlacementStore store, PlacementStore bare) {
    return new Passing(store) {
      @Override
      public CompletableFuture<Commit> commit(Term term, long number, List<Effect.Write> writes) {
        return store
            .commit(term, number, writes)
            .thenCompose(
                commit ->
                    commit instanceof Commit.Unknown
                        ? store.commit(term, number, List.of())
                        : CompletableFuture.completedFuture(commit));
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
      public CompletableFuture<Commit> commit(Term term, long number, List<Effect.Write> writes) {
        List<Effect.Write> former = late;
        late = List.copyOf(writes);
        return store.commit(term, number, former);
      }
    };
  }

  /** Answers that need no write are not fenced. */
  static PlacementStore readsAreNotFenced(PlacementStore store, PlacementStore bare) {
    return new Passing(store) {
      private long skipped;

      @Override
      public CompletableFuture<Commit> commit(Term term, long number, List<Effect.Write> writes) {
        skipped = number == 1 ? 0 : skipped;
        if (writes.isEmpty()) {
          skipped++;
          return CompletableFuture.completedFuture(new Commit.Durable());
        }
        return store.commit(term, number - skipped, writes);
      }
    };
  }

  /** Of several writes the last is lost. */
  static PlacementStore tornCommit(PlacementStore store, PlacementStore bare) {
    return new Passing(store) {
      @Override
      public CompletableFuture<Commit> commit(Term term, long number, List<Effect.Write> writes) {
        int kept = writes.size() > 1 ? writes.size() - 1 : writes.size();
        return store.commit(term, number, writes.subList(0, kept));
      }
    };
  }

  /** What was written is written once more with the next commit. */
  static PlacementStore writesTwice(PlacementStore store, PlacementStore bare) {
    return new Passing(store) {
      private List<Effect.Write> former = List.of();

      @Override
      public CompletableFuture<Commit> commit(Term term, long number, List<Effect.Write> writes) {
        List<Effect.Write> all = new ArrayList<>(writes);
        all.addAll(former);
        former = List.copyOf(writes);
        return store.commit(term, number, all);
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
    return new Contents(Map.of(), List.of(), List.of(), Quotas.NONE, Map.of(), Map.of(), Set.of());
  }

  private static Contents with(Contents contents, List<Placement> placements) {
    return new Contents(
        contents.nodes(),
        placements,
        contents.flavors(),
        contents.quotas(),
        contents.history(),
        contents.spared(),
        contents.ready());
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
