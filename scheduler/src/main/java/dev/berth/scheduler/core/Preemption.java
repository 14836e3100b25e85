package dev.berth.scheduler.core;

import dev.berth.scheduler.core.model.Eviction;
import dev.berth.scheduler.core.model.Nomination;
import dev.berth.scheduler.core.model.Placement;
import dev.berth.scheduler.core.preempt.Victim;
import dev.berth.scheduler.core.preempt.VictimSearch;
import dev.berth.scheduler.core.quota.Book;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Takes whole placements back for a waiting one, and keeps for it what they free. */
final class Preemption {
  /** Nominees at a time, so that looking after what is kept for them stays cheap. */
  static final int MAX_NOMINEES = 16;

  private static final int BUDGET = 20_000;

  private Preemption() {}

  /** True when victims were found; they are releasing now and the placement is nominated. */
  static boolean attempt(Draft draft, Placement.Waiting waiting, long now) {
    Book book = draft.state().book();
    if (book.preemptible().isEmpty()
        || book.nominees().size() >= MAX_NOMINEES
        || book.nominees().containsKey(waiting.id())) {
      return false;
    }
    VictimSearch search = new VictimSearch(draft.state(), waiting.request(), now, BUDGET);
    return switch (search.run()) {
      case VictimSearch.Result.Found found -> {
        execute(draft, waiting, found, now);
        yield true;
      }
      case VictimSearch.Result.NoneHelps none -> false;
      case VictimSearch.Result.NotFoundInBudget none -> false;
    };
  }

  private static void execute(
      Draft draft, Placement.Waiting waiting, VictimSearch.Result.Found found, long now) {
    Set<String> ids = new TreeSet<>();
    for (Victim victim : found.victims()) {
      ids.add(victim.placed().id());
      draft.release(victim.placed(), new Eviction(victim.kind(), waiting.id(), now));
      spare(draft, victim.placed().request().owner(), now);
    }
    draft.save(waiting.nominated(new Nomination(found.leases(), ids, now)));
  }

  private static void spare(Draft draft, String owner, long now) {
    Book book = draft.state().book();
    draft.put(book.withSpared(book.spared().with(owner, now)));
    draft.emit(new Effect.OwnerSpared(owner, now));
  }

  /** Owners that were spared long enough may lose placements again. */
  static void coolDown(Draft draft, long now) {
    long coolDown = draft.state().book().tree().quotas().coolDownNanos();
    for (Map.Entry<String, Long> spared : draft.state().book().spared().entrySet()) {
      if (now - spared.getValue() >= coolDown) {
        Book book = draft.state().book();
        draft.put(book.withSpared(book.spared().without(spared.getKey())));
        draft.emit(new Effect.OwnerNotSpared(spared.getKey()));
        draft.retryLater();
      }
    }
  }
}
