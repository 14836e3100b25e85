package dev.berth.scheduler.core.preempt;

import dev.berth.scheduler.core.model.Eviction;
import dev.berth.scheduler.core.model.Placement;
import dev.berth.scheduler.core.quota.Charge;

/** A placement that may be taken back for a request, and by which right. */
public record Victim(Placement.Placed placed, Eviction.Kind kind) {
  Charge charge() {
    return Charge.of(placed.request());
  }
}
