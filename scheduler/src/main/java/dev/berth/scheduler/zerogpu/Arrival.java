package dev.berth.scheduler.zerogpu;

import dev.berth.turns.quota.QuotaEffect;
import dev.berth.turns.quota.QuotaEvent;
import java.util.concurrent.CompletableFuture;

/**
 * An event, when it arrived ({@link System#nanoTime}), and whom to answer.
 *
 * @param called somebody waits for the answer
 */
record Arrival(
    QuotaEvent event, long nanos, CompletableFuture<QuotaEffect> answer, boolean called) {

  static Arrival of(QuotaEvent event) {
    return new Arrival(event, System.nanoTime(), new CompletableFuture<>(), true);
  }

  static Arrival internal(QuotaEvent event) {
    return new Arrival(event, System.nanoTime(), new CompletableFuture<>(), false);
  }
}
