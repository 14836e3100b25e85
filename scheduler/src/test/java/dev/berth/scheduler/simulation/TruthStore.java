package dev.berth.scheduler.simulation;

import dev.berth.scheduler.core.Effect;
import dev.berth.scheduler.core.model.Inventory;
import dev.berth.scheduler.core.model.Placement;
import dev.berth.scheduler.store.Commit;
import dev.berth.scheduler.store.Contents;
import dev.berth.scheduler.store.InMemoryPlacementStore;
import dev.berth.scheduler.store.PlacementStore;
import dev.berth.scheduler.store.Term;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The store that all share, with a second count of what it must hold. */
final class TruthStore implements PlacementStore {
  private final InMemoryPlacementStore store = new InMemoryPlacementStore();
  private final Map<String, Placement> placements = new TreeMap<>();
  private final Map<String, Inventory> nodes = new TreeMap<>();
  private final Checks checks;
  private final Tally tally;
  private Term latest = new Term(0, 0);
  private int version;

  TruthStore(Checks checks, Tally tally) {
    this.checks = checks;
    this.tally = tally;
  }

  /** Grows with each write. */
  int version() {
    return version;
  }

  Term latest() {
    return latest;
  }

  @Nullable Placement placement(String id) {
    return placements.get(id);
  }

  Map<String, Placement> placements() {
    return placements;
  }

  Map<String, Inventory> nodes() {
    return nodes;
  }

  @Override
  public Term begin(long atLeast) {
    Term term = store.begin(atLeast);
    checks.began(latest, term);
    tally.count(Tally.Kind.TERMS);
    latest = term;
    return term;
  }

  @Override
  public Contents load() {
    return store.load();
  }

  @Override
  public Commit commit(Term term, List<Effect.Write> writes) {
    Commit commit = store.commit(term, writes);
    if (commit instanceof Commit.StaleEpoch) {
      tally.count(Tally.Kind.STALE_COMMITS);
    }
    if (commit instanceof Commit.Durable && !writes.isEmpty()) {
      version++;
      writes.forEach(this::written);
      if (writes.stream().anyMatch(TruthStore::holds)) {
        checks.stored(store.load());
      }
    }
    return commit;
  }

  /** What only waits holds nothing. */
  private static boolean holds(Effect.Write write) {
    return !(write instanceof Effect.PlacementSaved(Placement.Waiting waiting));
  }

  private void written(Effect.Write write) {
    switch (write) {
      case Effect.PlacementSaved(Placement placement) -> {
        checks.saved(placements.put(placement.id(), placement), placement);
      }
      case Effect.PlacementRemoved(Placement last) ->
          checks.removed(placements.remove(last.id()), last);
      case Effect.NodeSaved saved -> nodes.put(saved.node(), saved.inventory());
      case Effect.FlavorsSaved saved -> {}
      case Effect.QuotasSaved saved -> {}
      case Effect.PastSaved saved -> {}
      case Effect.OwnerSpared spared -> {}
      case Effect.OwnerNotSpared spared -> {}
    }
  }
}
