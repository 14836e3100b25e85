package dev.berth.scheduler.store;

import dev.berth.scheduler.core.Effect;
import dev.berth.scheduler.core.model.Flavor;
import dev.berth.scheduler.core.model.Inventory;
import dev.berth.scheduler.core.model.Placement;
import dev.berth.scheduler.core.quota.Past;
import dev.berth.scheduler.core.quota.QuotaKey;
import dev.berth.scheduler.core.quota.Quotas;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/** The store's rules without durability: for tests and simulation. */
public final class InMemoryPlacementStore implements PlacementStore {
  private final Map<String, Inventory> nodes = new TreeMap<>();
  private final Map<String, Placement> placements = new TreeMap<>();
  private final Map<QuotaKey, Past> history = new TreeMap<>();
  private final Map<String, Long> spared = new TreeMap<>();
  private final Set<String> ready = new TreeSet<>();
  private List<Flavor> flavors = List.of();
  private Quotas quotas = Quotas.NONE;
  private Term current = new Term(0, 0);
  private long committed;

  @Override
  public synchronized Term begin(long atLeast) {
    current = new Term(Math.max(current.epoch() + 1, atLeast), current.fence() + 1);
    committed = 0;
    return current;
  }

  @Override
  public synchronized Contents load() {
    return new Contents(
        nodes, List.copyOf(placements.values()), flavors, quotas, history, spared, ready);
  }

  @Override
  public synchronized CompletableFuture<Commit> commit(
      Term term, long number, List<Effect.Write> writes) {
    return CompletableFuture.completedFuture(decide(term, number, writes));
  }

  private Commit decide(Term term, long number, List<Effect.Write> writes) {
    if (term.fence() != current.fence()) {
      return new Commit.StaleEpoch();
    }
    if (number != committed + 1) {
      return new Commit.OutOfOrder();
    }
    committed = number;
    writes.forEach(this::apply);
    return new Commit.Durable();
  }

  private void apply(Effect.Write write) {
    switch (write) {
      case Effect.PlacementSaved saved -> placements.put(saved.placement().id(), saved.placement());
      case Effect.PlacementRemoved removed -> placements.remove(removed.last().id());
      case Effect.NodeSaved saved -> nodes.put(saved.node(), saved.inventory());
      case Effect.NodeBecameReady node -> ready.add(node.node());
      case Effect.NodeBecameLost node -> ready.remove(node.node());
      case Effect.FlavorsSaved saved -> flavors = saved.flavors();
      case Effect.QuotasSaved saved -> quotas = saved.quotas();
      case Effect.PastSaved saved -> history.put(saved.key(), saved.past());
      case Effect.OwnerSpared owner -> spared.put(owner.owner(), owner.atNanos());
      case Effect.OwnerNotSpared owner -> spared.remove(owner.owner());
    }
  }
}
