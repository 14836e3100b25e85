package dev.berth.scheduler.core.explain;

import dev.berth.scheduler.core.fit.Fit;
import dev.berth.scheduler.core.model.Accelerator;
import dev.berth.scheduler.core.model.ReasonCode;
import dev.berth.scheduler.core.model.Shape;

/** One sentence for people: what was asked, what there is, and the way out. */
public final class Sentences {
  private Sentences() {}

  static String of(ReasonCode code, Shape shape, Fit.Shortage most, String node) {
    String asked = "Asked " + amount(most.asked(), most) + " on one node; ";
    return switch (code) {
      case INSUFFICIENT_ACCELERATORS, INSUFFICIENT_CPU, INSUFFICIENT_MEMORY ->
          asked
              + "most free on one node is %d of %d (node %s). Ask for less or wait."
                  .formatted(most.free(), most.total(), node);
      case FRAGMENTED ->
          asked
              + "enough is free in all, but not in one place: the best is %d of %d (node %s). Ask for less or wait."
                  .formatted(most.free(), most.total(), node);
      case NODES_NOT_READY ->
          "Nodes that could hold "
              + describe(shape)
              + " are not heartbeating, as is node "
              + node
              + ". Wait, or look at the node agents.";
      case NO_SUCH_DEVICE ->
          "No node has " + most.resource() + ". Choose a flavor whose device the fleet has.";
      case TOO_LARGE ->
          asked
              + "the largest node could offer %d when empty (node %s). Choose a smaller flavor."
                  .formatted(most.total(), node);
      case GANG_INCOMPLETE,
          NOT_FOUND_IN_BUDGET,
          REGION_NOT_ALLOWED,
          QUOTA_EXCEEDED,
          QUEUED_BEHIND,
          INVALID_SHAPE,
          CONFLICTING_REQUEST ->
          throw new IllegalArgumentException(code + " is not about one node");
    };
  }

  /** "4 x T4-16", "1000 milli-cpu", "H200-141 1g.18gb". */
  private static String amount(long asked, Fit.Shortage most) {
    return switch (most.unit()) {
      case "gpu", "mig" -> asked + " x " + most.resource();
      case "milli-cpu" -> asked + " milli-cpu";
      case "MiB" ->
          asked
              + " MiB of "
              + most.resource()
              + (most.resource().equals("memory") ? "" : " memory");
      default -> asked + " " + most.unit() + " of " + most.resource();
    };
  }

  public static String describe(Shape shape) {
    return switch (shape.accelerator()) {
      case Accelerator.None none ->
          shape.cpuMilli() + " milli-cpu and " + shape.memoryMib() + " MiB";
      case Accelerator.Seat seat ->
          "a ZeroGPU seat with %d milli-cpu and %d MiB"
              .formatted(shape.cpuMilli(), shape.memoryMib());
      case Accelerator.WholeGpus gpus -> gpus.count() + " x " + gpus.models();
      case Accelerator.MigSlice mig -> "1 x " + mig.model() + " " + mig.profile();
      case Accelerator.GpuShare share -> share.milli() + " milli-gpu of " + share.models();
      case Accelerator.TpuSlice slice ->
          "TPU %s %dx%dx%d".formatted(slice.generation(), slice.x(), slice.y(), slice.z());
    };
  }
}
