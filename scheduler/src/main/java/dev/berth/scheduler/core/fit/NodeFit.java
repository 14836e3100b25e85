package dev.berth.scheduler.core.fit;

import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.fleet.Occupancy;
import dev.berth.scheduler.core.model.Accelerator;
import dev.berth.scheduler.core.model.Card;
import dev.berth.scheduler.core.model.Device;
import dev.berth.scheduler.core.model.Inventory;
import dev.berth.scheduler.core.model.Models;
import dev.berth.scheduler.core.model.ReasonCode;
import dev.berth.scheduler.core.model.Shape;
import java.util.List;

/** Where on one node a shape fits. */
public final class NodeFit {
  private NodeFit() {}

  /** Looks at readiness, the accelerator, the processor and the memory, in this order. */
  public static Fit of(Node node, Shape shape) {
    if (!node.ready()) {
      return new Fit.Shortage(ReasonCode.NODES_NOT_READY, 1, 0, 1, "node", node.name());
    }
    Fit accelerator = accelerator(node, shape.accelerator());
    return accelerator instanceof Fit.Shortage ? accelerator : host(node, shape, accelerator);
  }

  /** A share on the card at this position, whose room was looked at already. */
  public static Fit onCard(Node node, Shape shape, int position) {
    return shape.accelerator() instanceof Accelerator.GpuShare share && position >= 0
        ? ShareFit.on(node, position, share)
        : of(node, shape);
  }

  /** As {@link #of}, but tells what the node could never do from what it cannot do now. */
  public static Fit verdict(Node node, Shape shape) {
    return switch (of(node.emptied(), shape)) {
      case Fit.Fits fits -> of(node, shape);
      case Fit.Shortage never ->
          never.code() == ReasonCode.NO_SUCH_DEVICE ? never : never.as(ReasonCode.TOO_LARGE);
    };
  }

  /** False only if the node could not hold the shape even when empty; quick, not exact. */
  public static boolean mightEver(Node node, Shape shape) {
    Inventory inventory = node.inventory();
    return shape.cpuMilli() <= inventory.cpuMilli()
        && shape.memoryMib() <= inventory.memoryMib()
        && switch (shape.accelerator()) {
          case Accelerator.None none -> true;
          case Accelerator.Seat seat -> !inventory.turnDevices().isEmpty();
          case Accelerator.WholeGpus gpus -> cards(inventory, gpus.models()) >= gpus.count();
          case Accelerator.GpuShare share -> cards(inventory, share.models()) > 0;
          case Accelerator.MigSlice mig -> cards(inventory, Models.of(mig.model())) > 0;
          case Accelerator.TpuSlice slice -> inventory.torus() != null;
        };
  }

  private static int cards(Inventory inventory, Models models) {
    int count = 0;
    for (Card card : inventory.cards()) {
      count += models.allows(card.model()) ? 1 : 0;
    }
    return count;
  }

  private static Fit accelerator(Node node, Accelerator asked) {
    return switch (asked) {
      case Accelerator.None none -> processor(node);
      case Accelerator.Seat seat -> SeatFit.of(node);
      case Accelerator.WholeGpus gpus -> WholeGpuFit.of(node, gpus);
      case Accelerator.MigSlice mig -> MigFit.of(node, mig);
      case Accelerator.GpuShare share -> ShareFit.of(node, share);
      case Accelerator.TpuSlice slice -> TorusFit.of(node, slice);
    };
  }

  /** CPU flavors stay off nodes with accelerators while another node has room. */
  private static Fit processor(Node node) {
    Score score = new Score(node.inventory().accelerated() ? 1 : 0, 0, 0, 0);
    return new Fit.Fits(List.of(new Device.Cpu()), score);
  }

  private static Fit host(Node node, Shape shape, Fit accelerator) {
    if (shape.cpuMilli() > node.cpuFree()) {
      return host(
          ReasonCode.INSUFFICIENT_CPU,
          shape.cpuMilli(),
          node.cpuFree(),
          node.inventory().cpuMilli(),
          "milli-cpu",
          "cpu");
    }
    if (shape.memoryMib() > node.memoryFree()) {
      return host(
          ReasonCode.INSUFFICIENT_MEMORY,
          shape.memoryMib(),
          node.memoryFree(),
          node.inventory().memoryMib(),
          "MiB",
          "memory");
    }
    return accelerator;
  }

  /** An inventory that shrank under its leases has less than nothing free: say 0. */
  private static Fit.Shortage host(
      ReasonCode code, long asked, long free, long total, String unit, String resource) {
    return new Fit.Shortage(code, asked, Math.max(0, free), total, unit, resource);
  }

  /** Whole free cards on the node, healthy or not: what a tight fit would rather not touch. */
  static long freeCards(Node node) {
    long count = 0;
    for (int i = 0; i < node.cards().size(); i++) {
      count += node.cards().get(i) instanceof Occupancy.Free ? 1 : 0;
    }
    return count;
  }
}
