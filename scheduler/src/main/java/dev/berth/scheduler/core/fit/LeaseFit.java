package dev.berth.scheduler.core.fit;

import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.fleet.Occupancy;
import dev.berth.scheduler.core.model.Card;
import dev.berth.scheduler.core.model.Device;
import dev.berth.scheduler.core.model.Lease;
import dev.berth.scheduler.core.model.MigProfile;
import dev.berth.scheduler.core.model.Torus;

/** Whether exactly these devices of a node are free, as opposed to any that would do. */
public final class LeaseFit {
  private LeaseFit() {}

  /** True when {@code node} could hold {@code lease} as it is; its node name is not looked at. */
  public static boolean fits(Node node, Lease lease) {
    return node.ready()
        && lease.cpuMilli() <= node.cpuFree()
        && lease.memoryMib() <= node.memoryFree()
        && lease.devices().stream().allMatch(device -> free(node, device));
  }

  private static boolean free(Node node, Device device) {
    return switch (device) {
      case Device.Cpu cpu -> true;
      case Device.Seat seat -> node.inventory().healthyTurnDevices() > 0;
      case Device.TpuChip chip -> chip(node, chip);
      case Device.WholeGpu gpu -> {
        int at = position(node, gpu.card());
        yield at >= 0 && node.cards().get(at) instanceof Occupancy.Free;
      }
      case Device.ShareOfGpu share -> share(node, share);
      case Device.MigInstance mig -> mig(node, mig);
    };
  }

  /** Where a healthy card of this index stands; -1 when there is none. */
  private static int position(Node node, int index) {
    for (int i = 0; i < node.inventory().cards().size(); i++) {
      Card card = node.inventory().cards().get(i);
      if (card.index() == index) {
        return card.healthy() ? i : -1;
      }
    }
    return -1;
  }

  private static boolean chip(Node node, Device.TpuChip chip) {
    Torus torus = node.inventory().torus();
    return torus != null
        && torus.contains(chip.x(), chip.y(), chip.z())
        && !torus.unhealthy().contains(chip.name())
        && (node.chips() & torus.bit(chip.x(), chip.y(), chip.z())) == 0;
  }

  private static boolean share(Node node, Device.ShareOfGpu share) {
    int at = position(node, share.card());
    if (at < 0) {
      return false;
    }
    long memory = node.inventory().cards().get(at).memoryMib();
    return switch (node.cards().get(at)) {
      case Occupancy.Free free -> share.memoryMib() <= memory;
      case Occupancy.Shared shared ->
          shared.milli() + share.milli() <= 1_000
              && shared.memoryMib() + share.memoryMib() <= memory;
      case Occupancy.Whole whole -> false;
      case Occupancy.Cut cut -> false;
    };
  }

  private static boolean mig(Node node, Device.MigInstance mig) {
    int at = position(node, mig.card());
    if (at < 0) {
      return false;
    }
    Card card = node.inventory().cards().get(at);
    return card.profiles().stream()
        .filter(profile -> profile.name().equals(mig.profile()))
        .anyMatch(profile -> free(card, node.cards().get(at), profile, mig.start()));
  }

  private static boolean free(Card card, Occupancy now, MigProfile profile, int start) {
    return switch (now) {
      case Occupancy.Free free -> true;
      case Occupancy.Cut cut ->
          (cut.mask() & profile.mask(start)) == 0
              && cut.compute() + profile.computeSlices() <= card.migCompute()
              && cut.count(profile.name()) < profile.maxInstances()
              && !(profile.media() && cut.media());
      case Occupancy.Whole whole -> false;
      case Occupancy.Shared shared -> false;
    };
  }
}
