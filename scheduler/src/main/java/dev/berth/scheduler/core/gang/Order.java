package dev.berth.scheduler.core.gang;

import dev.berth.scheduler.core.model.Accelerator.GpuShare;
import dev.berth.scheduler.core.model.Accelerator.MigSlice;
import dev.berth.scheduler.core.model.Accelerator.None;
import dev.berth.scheduler.core.model.Accelerator.Seat;
import dev.berth.scheduler.core.model.Accelerator.TpuSlice;
import dev.berth.scheduler.core.model.Accelerator.WholeGpus;
import dev.berth.scheduler.core.model.Shape;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The members by what is hardest to place first: TPU slices, then cards, then the rest. */
final class Order {
  private static final Comparator<Shape> HARDEST_FIRST =
      Comparator.comparingLong(Order::size)
          .thenComparingLong(Shape::cpuMilli)
          .thenComparingLong(Shape::memoryMib)
          .reversed()
          .thenComparing(Shape::toString);

  private Order() {}

  /** Their numbers; equal members follow each other. */
  static List<Integer> of(List<Shape> members) {
    Comparator<Integer> order = Comparator.comparing(members::get, HARDEST_FIRST);
    return IntStream.range(0, members.size()).boxed().sorted(order).toList();
  }

  private static long size(Shape shape) {
    return switch (shape.accelerator()) {
      case TpuSlice slice -> 1_000_000L + slice.chips();
      case WholeGpus gpus -> 1_000L * gpus.count();
      case MigSlice mig -> 999;
      case GpuShare share -> share.milli();
      case Seat seat -> 1;
      case None none -> 0;
    };
  }
}
