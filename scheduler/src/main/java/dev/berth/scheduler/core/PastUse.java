package dev.berth.scheduler.core;

import dev.berth.collect.OrderedMap;
import dev.berth.scheduler.core.quota.Book;
import dev.berth.scheduler.core.quota.Charge;
import dev.berth.scheduler.core.quota.Past;
import dev.berth.scheduler.core.quota.QuotaKey;
import java.util.TreeSet;

/** Writes down the decayed use of each queue whose use a step has changed. */
final class PastUse {
  private PastUse() {}

  static void record(Draft draft, Book before, long now) {
    Book book = draft.state().book();
    long half = book.tree().quotas().halfLifeNanos();
    if (half == 0 || book.usage() == before.usage()) {
      return;
    }
    OrderedMap<QuotaKey, Past> history = book.history();
    for (QuotaKey key : changed(draft)) {
      long used = before.usage().of(key.node(), key.flavor()).total();
      if (book.tree().limits(key.node(), key.flavor())
          && book.usage().of(key.node(), key.flavor()).total() != used) {
        Past known = history.get(key);
        Past past = known == null ? new Past(0, now) : known.until(now, used, half);
        history = history.with(key, past);
        draft.emit(new Effect.PastSaved(key, past));
      }
    }
    draft.put(book.withHistory(history));
  }

  private static TreeSet<QuotaKey> changed(Draft draft) {
    TreeSet<QuotaKey> keys = new TreeSet<>();
    for (Effect effect : draft.decision().effects()) {
      if (effect instanceof Effect.PlacementSaved saved) {
        keys.add(Charge.of(saved.placement().request()).key());
      } else if (effect instanceof Effect.PlacementRemoved removed) {
        keys.add(Charge.of(removed.last().request()).key());
      }
    }
    return keys;
  }
}
