package dev.berth.scheduler.core.audit;

import dev.berth.scheduler.core.audit.Discrepancy.Kind;
import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.model.Device;
import dev.berth.scheduler.core.model.Lease;
import dev.berth.scheduler.core.model.Torus;
import java.util.List;

/** The chips of a node's torus against the leases that hold them. */
final class ChipCheck {
  private ChipCheck() {}

  static void check(Node node, List<Lease> implied, List<Discrepancy> found) {
    Torus torus = node.inventory().torus();
    long taken = 0;
    for (Lease lease : implied) {
      for (Device device : lease.devices()) {
        long bit = torus == null ? 0 : bit(torus, device);
        if ((taken & bit) != 0) {
          NodeCheck.add(
              Kind.DEVICE_TWICE, node, device.name(), "one holder", "also " + lease.id(), found);
        }
        taken |= bit;
      }
    }
    if (taken != node.chips()) {
      NodeCheck.add(
          Kind.DEVICE_WRONG,
          node,
          "chips",
          Long.toBinaryString(taken),
          Long.toBinaryString(node.chips()),
          found);
    }
  }

  /** Chips that the agent lists no more hold nothing here. */
  private static long bit(Torus torus, Device device) {
    return device instanceof Device.TpuChip chip && torus.contains(chip.x(), chip.y(), chip.z())
        ? 1L << (chip.x() + torus.x() * (chip.y() + torus.y() * chip.z()))
        : 0;
  }
}
