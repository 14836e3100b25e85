package dev.berth.scheduler.zerogpu;

import dev.berth.turns.quota.QuotaEffect;
import dev.berth.turns.quota.QuotaEvent;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** A hub that has so much and is sometimes away. */
final class ScriptedLedger implements CreditLedger {
  volatile long balance;
  volatile boolean away;
  final Map<String, Long> reserved = new ConcurrentHashMap<>();
  final Map<String, Long> charged = new ConcurrentHashMap<>();

  @Override
  public CompletableFuture<QuotaEvent.Reservation> reserve(QuotaEffect.Reserve reserve) {
    if (away) {
      return CompletableFuture.completedFuture(new QuotaEvent.Reservation.Unknown());
    }
    long amount =
        reserved.computeIfAbsent(
            reserve.id(),
            id ->
                balance < reserve.leastMicroUsd() ? 0 : Math.min(balance, reserve.mostMicroUsd()));
    return CompletableFuture.completedFuture(
        amount == 0
            ? new QuotaEvent.Reservation.Refused(false)
            : new QuotaEvent.Reservation.Given(amount));
  }

  @Override
  public CompletableFuture<Boolean> charge(QuotaEffect.Charge charge) {
    if (!away) {
      charged.putIfAbsent(charge.id(), charge.microUsd());
    }
    return CompletableFuture.completedFuture(!away);
  }
}
