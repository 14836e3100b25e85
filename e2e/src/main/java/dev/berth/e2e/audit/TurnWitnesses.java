package dev.berth.e2e.audit;

import dev.berth.e2e.client.FleetClient;
import dev.berth.e2e.client.Schedulers;
import dev.berth.e2e.zerogpu.Quotas;
import java.util.function.Supplier;

/** Asks all that know of turns: the nodes, the leading scheduler, the hub. */
record TurnWitnesses(FleetClient fleet, Schedulers schedulers) implements Supplier<TurnBooks> {
  @Override
  public TurnBooks get() {
    if (fleet.turnPages().isEmpty()) {
      return TurnBooks.NONE;
    }
    try (var quotas = new Quotas(schedulers)) {
      var before = quotas.read();
      var pages = fleet.turnPages();
      var after = quotas.read();
      return TurnBooksReader.of(
          before, pages, after, fleet.credits(), quotas.policy().getMicroUsdPerMinute());
    }
  }
}
