package dev.berth.scheduler.core.preempt;

import dev.berth.scheduler.core.State;
import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.model.Device;
import dev.berth.scheduler.core.model.Lease;
import dev.berth.scheduler.core.model.Nomination;

/** How far a nomination is. */
public enum Planned {
  /** Victims still hold devices, or a node of the plan is silent. */
  DRAINING,
  /** Every planned device is free. */
  READY,
  /**
   * A planned device is gone or unhealthy, or its node silent for long, so the plan cannot come
   * true.
   */
  BROKEN;

  /** How long a plan waits for a silent node, as after a change of leaders. */
  private static final long PATIENCE_NANOS = 300_000_000_000L;

  public static Planned of(State state, Nomination nomination, long now) {
    Planned worst =
        nomination.victims().stream().anyMatch(state.placements()::containsKey) ? DRAINING : READY;
    for (Lease lease : nomination.leases()) {
      Node node = state.nodes().get(lease.node());
      if (node == null || !present(node, lease)) {
        return BROKEN;
      }
      if (!node.ready()) {
        if (now - nomination.atNanos() > PATIENCE_NANOS) {
          return BROKEN;
        }
        worst = DRAINING;
      }
    }
    return worst;
  }

  /** Only what is there and healthy changes when it falls ill. */
  private static boolean present(Node node, Lease lease) {
    for (Device device : lease.devices()) {
      if (!(device instanceof Device.Cpu || device instanceof Device.Seat)
          && node.inventory().withHealth(Kept.base(device), false).equals(node.inventory())) {
        return false;
      }
    }
    return node.inventory().cpuMilli() >= lease.cpuMilli()
        && node.inventory().memoryMib() >= lease.memoryMib();
  }
}
