package dev.berth.scheduler.core.whatif;

import dev.berth.scheduler.core.State;
import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.model.Card;
import dev.berth.scheduler.core.model.Device;
import dev.berth.scheduler.core.model.Lease;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How much leases hold, in thousandths of a device; processor and memory weigh nothing. */
final class Weights {
  private Weights() {}

  static long milliDevices(State state, List<Lease> leases) {
    long milli = 0;
    for (Lease lease : leases) {
      for (Device device : lease.devices()) {
        milli += milli(state.nodes().get(lease.node()), device);
      }
    }
    return milli;
  }

  private static long milli(@Nullable Node node, Device device) {
    return switch (device) {
      case Device.WholeGpu gpu -> 1000;
      case Device.TpuChip chip -> 1000;
      case Device.ShareOfGpu share -> share.milli();
      case Device.MigInstance mig -> node == null ? 1000 : ofMemory(node, mig);
      case Device.Cpu cpu -> 0;
      case Device.Seat seat -> 0;
    };
  }

  /** An instance weighs what it takes of the card's memory. */
  private static long ofMemory(Node node, Device.MigInstance mig) {
    return node.inventory().cards().stream()
        .filter(card -> card.index() == mig.card() && card.memoryMib() > 0)
        .mapToLong(card -> weight(card, mig))
        .findFirst()
        .orElse(1000);
  }

  private static long weight(Card card, Device.MigInstance mig) {
    return Math.min(1000, 1000 * mig.memoryMib() / card.memoryMib());
  }
}
