package dev.berth.operator.placement;

import static java.util.Objects.requireNonNullElse;

import dev.berth.api.common.v1.GpuShare;
import dev.berth.api.common.v1.MigSlice;
import dev.berth.api.common.v1.Seat;
import dev.berth.api.common.v1.Shape;
import dev.berth.api.common.v1.TpuSlice;
import dev.berth.api.common.v1.WholeGpus;
import dev.berth.crds.Accelerator;
import dev.berth.crds.FlavorSpec;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The shape of a flavor in the words of the contract. */
final class ShapeWire {
  private ShapeWire() {}

  static Shape of(FlavorSpec spec) {
    Shape.Builder shape =
        Shape.newBuilder().setCpuMilli(spec.cpuMilli()).setMemoryMib(spec.memoryMib());
    @Nullable Accelerator accelerator = spec.accelerator();
    return accelerator == null ? shape.build() : with(shape, accelerator).build();
  }

  private static Shape.Builder with(Shape.Builder shape, Accelerator a) {
    return switch (a.kind()) {
      case GPUS ->
          shape.setGpus(
              WholeGpus.newBuilder()
                  .setModel(a.model())
                  .setCount(requireNonNullElse(a.count(), 1)));
      case MIG ->
          shape.setMig(
              MigSlice.newBuilder()
                  .setModel(a.model())
                  .setProfile(requireNonNullElse(a.profile(), "")));
      case SHARE ->
          shape.setShare(
              GpuShare.newBuilder()
                  .setModel(a.model())
                  .setMilli(requireNonNullElse(a.milli(), 0))
                  .setMemoryMib(requireNonNullElse(a.memoryMib(), 0L)));
      case TPU -> shape.setTpu(tpu(a));
      case SEAT -> shape.setSeat(Seat.getDefaultInstance());
    };
  }

  /** "2x4" is 2 by 4 by 1 chips. */
  private static TpuSlice tpu(Accelerator a) {
    int[] axes =
        Stream.of(requireNonNullElse(a.topology(), "1x1").split("x"))
            .mapToInt(Integer::parseInt)
            .toArray();
    return TpuSlice.newBuilder()
        .setGeneration(requireNonNullElse(a.generation(), a.model()))
        .setX(axes[0])
        .setY(axes.length > 1 ? axes[1] : 1)
        .setZ(axes.length > 2 ? axes[2] : 1)
        .build();
  }
}
