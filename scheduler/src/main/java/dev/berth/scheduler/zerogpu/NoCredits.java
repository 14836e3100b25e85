package dev.berth.scheduler.zerogpu;

import dev.berth.turns.quota.QuotaEffect;
import dev.berth.turns.quota.QuotaEvent;
import java.util.concurrent.CompletableFuture;

/** No hub is configured: nobody has credits, and what was reserved before stays owed. */
public final class NoCredits implements CreditLedger {
  @Override
  public CompletableFuture<QuotaEvent.Reservation> reserve(QuotaEffect.Reserve reserve) {
    return CompletableFuture.completedFuture(new QuotaEvent.Reservation.Refused(false));
  }

  @Override
  public CompletableFuture<Boolean> charge(QuotaEffect.Charge charge) {
    return CompletableFuture.completedFuture(false);
  }
}
