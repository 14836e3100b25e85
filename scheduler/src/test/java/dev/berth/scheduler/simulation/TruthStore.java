package dev.berth.scheduler.simulation;

import dev.berth.scheduler.core.Effect;
import dev.berth.scheduler.core.model.Inventory;
import dev.berth.scheduler.core.model.Placement;
import dev.berth.scheduler.store.Commit;
import dev.berth.scheduler.store.Contents;
import dev.berth.scheduler.store.InMemoryPlacementStore;
import dev.berth.scheduler.store.PlacementStore;
import dev.berth.scheduler.store.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The store that all share, with a second count of what it must hold and ever held. */
final class TruthStore implements PlacementStore {
  /** What was stored after one commit. */
  record Version(Map<String, Placement> placements, Map<String, Inventory> nodes) {}

  private final InMemoryPlacementStore store = new InMemoryPlacementStore();
  private final Map<String, Placement> placements = new TreeMap<>();
  private final Map<String, Inventory> nodes = new TreeMap<>();
  private final Checks checks;
  private final Tally tally;
  private Term latest = new Term(0, 0);
  private final List<Version> versions = new ArrayList<>();
  private long committed;

  TruthStore(Checks checks, Tally tally) {
    this.checks = checks;
    this.tally = tally;
    versions.add(new Version(Map.of(), Map.of()));
  }

  /** The number of the present version. */
  int version() {
    return versions.size() - 1;
  }

  Version version(int number) {
    return versions.get(number);
  }

  /** The number of the commit that the latest term must send next. */
  long next() {
    return committed + 1;
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
    committed = 0;
    return term;
  }

  @Override
  public Contents load() {
    return store.load();
  }

  @Override
  public CompletableFuture<Commit> commit(Term term, long number, List<Effect.Write> writes) {
    CompletableFuture<Commit> answer = store.commit(term, number, writes);
    switch (answer.join()) {
      case Commit.Durable durable -> durable(writes);
      case Commit.StaleEpoch stale -> tally.count(Tally.Kind.STALE_COMMITS);
      case Commit.OutOfOrder late -> tally.count(Tally.Kind.COMMITS_OUT_OF_ORDER);
      case Commit.Unknown unknown -> {}
    }
    return answer;
  }

  private void durable(List<Effect.Write> writes) {
    committed++;
    if (!writes.isEmpty()) {
      writes.forEach(this::written);
      versions.add(new Version(Map.copyOf(placements), Map.copyOf(nodes)));
    }
    if (writes.stream().anyMatch(TruthStore::holds)) {
      checks.stored(store.load());
    }
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
      case Effect.NodeBecameReady node -> {}
      case Effect.NodeBecameLost node -> {}
      case Effect.FlavorsSaved saved -> {}
      case Effect.QuotasSaved saved -> {}
      case Effect.PastSaved saved -> {}
      case Effect.OwnerSpared spared -> {}
      case Effect.OwnerNotSpared spared -> {}
    }
  }
}
