package dev.berth.turns.quota;

import java.util.HashMap;
import java.util.Map;

/** The hub's side of credits, as its documentation says it behaves. */
final class SimulatedLedger {
  record Hold(String account, long reserved, boolean pending, boolean closed) {}

  final Map<String, Long> balances = new HashMap<>();
  final Map<String, Long> toppedUp = new HashMap<>();
  final Map<String, Hold> holds = new HashMap<>();
  private final Mutant mutant;
  private int copies;

  SimulatedLedger(Mutant mutant) {
    this.mutant = mutant;
  }

  void topUp(String account, long amount) {
    balances.merge(account, amount, Long::sum);
    toppedUp.merge(account, amount, Long::sum);
  }

  long balance(String account) {
    return balances.getOrDefault(account, 0L);
  }

  long held(String account) {
    return holds.values().stream()
        .filter(hold -> !hold.closed() && hold.account().equals(account))
        .mapToLong(Hold::reserved)
        .sum();
  }

  QuotaEvent.Reservation reserve(QuotaEffect.Reserve ask) {
    Hold known = holds.get(ask.id());
    if (known != null && mutant == Mutant.LEDGER_RESERVES_AGAIN) {
      holds.put(ask.id() + "#" + copies++, known);
    } else if (known != null) {
      return answer(known);
    }
    long free = balance(ask.account()) - held(ask.account());
    long amount =
        free < ask.leastMicroUsd()
            ? 0
            : Math.min(ask.mostMicroUsd(), ask.leastMicroUsd() + (free - ask.leastMicroUsd()) / 2);
    boolean pending = amount == 0 && balance(ask.account()) >= ask.leastMicroUsd();
    Hold hold = new Hold(ask.account(), amount, pending, amount == 0);
    holds.put(ask.id(), hold);
    if (held(ask.account()) > balance(ask.account())) {
      throw new AssertionError("More is reserved than there is: " + ask);
    }
    return answer(hold);
  }

  private static QuotaEvent.Reservation answer(Hold hold) {
    return hold.closed()
        ? new QuotaEvent.Reservation.Refused(hold.pending())
        : new QuotaEvent.Reservation.Given(hold.reserved());
  }

  void charge(QuotaEffect.Charge charge) {
    Hold known = holds.getOrDefault(charge.id(), new Hold(charge.account(), 0, false, false));
    if (known.closed()) {
      return;
    }
    if (charge.microUsd() > known.reserved()) {
      throw new AssertionError("Charged more than was reserved: " + charge + " of " + known);
    }
    holds.put(charge.id(), new Hold(known.account(), known.reserved(), known.pending(), true));
    balances.merge(charge.account(), -charge.microUsd(), Long::sum);
  }
}
