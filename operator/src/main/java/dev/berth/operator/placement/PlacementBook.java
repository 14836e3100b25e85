package dev.berth.operator.placement;

import dev.berth.operator.workload.OwnerKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * What the operator knows of its placements: the watch stream, plus the outcomes of its own calls
 * at once, so that a plan made after a call never forgets it. The stream may be ahead of an answer;
 * what it brought is never set back. Thread-safe.
 */
public final class PlacementBook implements Placements.Listener {
  private final Map<OwnerKey, Map<PlacementId, Placement>> byOwner = new HashMap<>();
  private final Set<PlacementId> asked = new HashSet<>();
  private final Set<PlacementId> answeredSinceOpen = new HashSet<>();
  private final Consumer<OwnerKey> changed;
  private boolean known;

  /** {@code changed} hears of each owner whose placements changed. */
  public PlacementBook(Consumer<OwnerKey> changed) {
    this.changed = changed;
  }

  /** False until the first whole list; until then an absent placement means nothing. */
  public synchronized boolean known() {
    return known;
  }

  public synchronized List<Placement> of(OwnerKey owner) {
    return List.copyOf(byOwner.getOrDefault(owner, Map.of()).values());
  }

  public synchronized List<Placement> all() {
    return byOwner.values().stream().map(Map::values).flatMap(Collection::stream).toList();
  }

  /** A call of ours about {@code id} begins: from here on the stream may overtake its answer. */
  public synchronized void asking(PlacementId id) {
    asked.add(id);
  }

  /** Writes the outcome of that call down, unless the stream has told of the placement since. */
  public void answered(Placement placement) {
    synchronized (this) {
      if (!asked.remove(placement.id())) {
        return;
      }
      answeredSinceOpen.add(placement.id());
      put(placement);
    }
    changed.accept(placement.id().owner());
  }

  @Override
  public synchronized void opened() {
    answeredSinceOpen.clear();
  }

  @Override
  public void snapshot(List<Placement> all) {
    Set<OwnerKey> touched = new HashSet<>();
    synchronized (this) {
      Map<PlacementId, Placement> before = flat();
      Map<PlacementId, Placement> after = new HashMap<>();
      all.forEach(p -> after.put(p.id(), p));
      asked.removeIf(id -> before.containsKey(id) || after.containsKey(id));
      keepWhatTheListIsTooOldFor(before, after);
      byOwner.clear();
      after.values().forEach(this::put);
      before.keySet().forEach(id -> touched.add(id.owner()));
      after.keySet().forEach(id -> touched.add(id.owner()));
      known = true;
    }
    touched.forEach(changed);
  }

  /**
   * A placement that was granted after the list was taken is not in it. One that is in the list is
   * as the list says: if that is older than our answer, the stream tells the rest.
   */
  private void keepWhatTheListIsTooOldFor(
      Map<PlacementId, Placement> before, Map<PlacementId, Placement> after) {
    for (PlacementId id : answeredSinceOpen) {
      Placement known = before.get(id);
      if (known != null && !(known.state() instanceof PlacementState.Releasing)) {
        after.putIfAbsent(id, known);
      }
    }
  }

  @Override
  public void changed(Placement placement) {
    synchronized (this) {
      asked.remove(placement.id());
      put(placement);
    }
    changed.accept(placement.id().owner());
  }

  @Override
  public void gone(PlacementId id) {
    synchronized (this) {
      Map<PlacementId, Placement> owned = byOwner.getOrDefault(id.owner(), Map.of());
      if (owned.containsKey(id) && owned.size() == 1) {
        byOwner.remove(id.owner());
      } else if (owned.containsKey(id)) {
        owned.remove(id);
      }
      asked.remove(id);
      answeredSinceOpen.remove(id);
    }
    changed.accept(id.owner());
  }

  private void put(Placement placement) {
    byOwner
        .computeIfAbsent(placement.id().owner(), owner -> new TreeMap<>())
        .put(placement.id(), placement);
  }

  private Map<PlacementId, Placement> flat() {
    Map<PlacementId, Placement> flat = new HashMap<>();
    byOwner.values().forEach(flat::putAll);
    return flat;
  }
}
