package dev.berth.scheduler.core.fit;

import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.model.Device;
import dev.berth.scheduler.core.model.ReasonCode;
import java.util.List;

/**
 * Where a seat fits: on nodes whose cards are shared by turns, fewest seats for each card first.
 */
final class SeatFit {
  private SeatFit() {}

  static Fit of(Node node) {
    int all = node.inventory().turnDevices().size();
    int healthy = node.inventory().healthyTurnDevices();
    if (all == 0) {
      return Fit.Shortage.unknown("cards that are shared by turns", "seat", 1);
    }
    return healthy == 0
        ? new Fit.Shortage(
            ReasonCode.INSUFFICIENT_ACCELERATORS, 1, 0, all, "seat", "healthy shared cards")
        : new Fit.Fits(
            List.of(new Device.Seat()), new Score(0, 1_000 * seats(node) / healthy, 0, 0));
  }

  private static long seats(Node node) {
    return node.leases().values().stream()
        .filter(lease -> lease.devices().getFirst() instanceof Device.Seat)
        .count();
  }
}
