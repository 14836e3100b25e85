package dev.berth.scheduler.zerogpu;

import dev.berth.turns.quota.QuotaEffect;
import dev.berth.turns.quota.QuotaEvent;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Calls to the ledger that are under way, each once; answers come as events. */
final class LedgerCalls {
  private final CreditLedger ledger;
  private final Consumer<QuotaEvent> events;
  private final Set<String> reserving = new HashSet<>();
  private final Set<String> charging = ConcurrentHashMap.newKeySet();

  LedgerCalls(CreditLedger ledger, Consumer<QuotaEvent> events) {
    this.ledger = ledger;
    this.events = events;
  }

  void reserve(QuotaEffect.Reserve reserve) {
    if (reserving.add(reserve.id())) {
      var _ =
          ledger
              .reserve(reserve)
              .thenAccept(word -> events.accept(new QuotaEvent.Reserved(reserve.id(), word)));
    }
  }

  /** One that fails is tried again at a later tick. */
  void charge(QuotaEffect.Charge charge) {
    if (charging.add(charge.id())) {
      var _ =
          ledger
              .charge(charge)
              .thenAccept(
                  durable -> {
                    charging.remove(charge.id());
                    if (durable) {
                      events.accept(new QuotaEvent.Charged(charge.id()));
                    }
                  });
    }
  }

  void answered(QuotaEvent event) {
    if (event instanceof QuotaEvent.Reserved reserved) {
      reserving.remove(reserved.id());
    }
  }

  void forget() {
    reserving.clear();
    charging.clear();
  }
}
