package dev.berth.scheduler.zerogpu;

import dev.berth.turns.quota.QuotaEffect;
import dev.berth.turns.quota.QuotaEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Calls whose draw waits for the ledger. Of one thread. */
final class Waiters {
  private final Map<String, List<CompletableFuture<QuotaEffect>>> byDraw = new HashMap<>();

  /** A draw that is not answered at once waits. */
  void add(Arrival arrival, List<QuotaEffect> effects) {
    if (arrival.event() instanceof QuotaEvent.Drawn drawn
        && effects.stream().noneMatch(QuotaEffect.Answered.class::isInstance)) {
      byDraw.computeIfAbsent(drawn.ask().id(), id -> new ArrayList<>()).add(arrival.answer());
    }
  }

  /** A call hears its own answer; the ledger's word answers all that wait for it. */
  void answer(Arrival arrival, QuotaEffect.Answered answered) {
    if (arrival.called()) {
      arrival.answer().complete(answered);
    } else {
      List<CompletableFuture<QuotaEffect>> waiting = byDraw.remove(answered.id());
      if (waiting != null) {
        waiting.forEach(call -> call.complete(answered));
      }
    }
  }

  void fail(RuntimeException why) {
    byDraw.values().forEach(calls -> calls.forEach(call -> call.completeExceptionally(why)));
    byDraw.clear();
  }
}
