package dev.berth.scheduler.store;

import dev.berth.collect.OrderedMap;
import dev.berth.scheduler.core.State;
import dev.berth.scheduler.core.model.Flavor;
import dev.berth.scheduler.core.model.Inventory;
import dev.berth.scheduler.core.model.Placement;
import dev.berth.scheduler.core.quota.Past;
import dev.berth.scheduler.core.quota.QuotaKey;
import dev.berth.scheduler.core.quota.Quotas;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Everything that is stored; {@code ready} are the nodes that beat. */
public record Contents(
    Map<String, Inventory> nodes,
    List<Placement> placements,
    List<Flavor> flavors,
    Quotas quotas,
    Map<QuotaKey, Past> history,
    Map<String, Long> spared,
    Set<String> ready) {
  public Contents {
    nodes = Map.copyOf(nodes);
    placements = List.copyOf(placements);
    flavors = List.copyOf(flavors);
    history = Map.copyOf(history);
    spared = Map.copyOf(spared);
    ready = Set.copyOf(ready);
  }

  /**
   * The state of a leader that begins at {@code now} (unix nanoseconds). Nodes that beat under the
   * one before it are trusted to do so still, until they have been silent for too long.
   */
  public State restore(long epoch, long now) {
    OrderedMap<QuotaKey, Past> past = OrderedMap.empty();
    for (Map.Entry<QuotaKey, Past> entry : history.entrySet()) {
      past = past.with(entry.getKey(), entry.getValue());
    }
    OrderedMap<String, Long> owners = OrderedMap.empty();
    for (Map.Entry<String, Long> entry : spared.entrySet()) {
      owners = owners.with(entry.getKey(), entry.getValue());
    }
    return State.restore(epoch, nodes, placements, flavors)
        .under(quotas, past, owners)
        .trusting(ready, now);
  }
}
