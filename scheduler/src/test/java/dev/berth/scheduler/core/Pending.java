package dev.berth.scheduler.core;

import dev.berth.scheduler.core.model.Lease;
import dev.berth.scheduler.core.model.Placement;
import java.util.ArrayList;
import java.util.List;

/** What agents still have to drain. */
public final class Pending {
  private Pending() {}

  public static List<Lease> leases(State state) {
    List<Lease> pending = new ArrayList<>();
    for (Placement placement : state.placements().values()) {
      if (placement instanceof Placement.Releasing releasing) {
        releasing.leases().stream()
            .filter(l -> releasing.pending().contains(l.id()))
            .forEach(pending::add);
      }
    }
    return pending;
  }
}
