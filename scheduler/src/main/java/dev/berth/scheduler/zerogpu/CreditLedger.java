package dev.berth.scheduler.zerogpu;

import dev.berth.turns.quota.QuotaEffect;
import dev.berth.turns.quota.QuotaEvent;
import java.util.concurrent.CompletableFuture;

/**
 * Where prepaid credits are. Both calls are idempotent by the draw, end in bounded time, and never
 * fail.
 */
public interface CreditLedger {
  CompletableFuture<QuotaEvent.Reservation> reserve(QuotaEffect.Reserve reserve);

  /** True once it is durable. */
  CompletableFuture<Boolean> charge(QuotaEffect.Charge charge);
}
