package dev.berth.scheduler.core.pack;

import dev.berth.scheduler.core.model.Accelerator;
import dev.berth.scheduler.core.model.Shape;

/**
 * A shape in numbers: {@code count} cards of {@code milli} thousandths each, of the models in
 * {@code models}. {@code kind} says which of them mean something. {@code unavoidable} is the least
 * load of the kinds of nodes where it fits.
 */
record Demand(
    Shape shape,
    Kind kind,
    long cpuMilli,
    long memoryMib,
    int count,
    int milli,
    long cardMemoryMib,
    long models,
    double unavoidable) {
  enum Kind {
    PROCESSOR,
    SHARE,
    WHOLE,
    EXACT
  }

  static Demand of(Shape shape, ModelBits bits) {
    return of(shape, bits, 0);
  }

  /** For rankings that look at the shape itself. */
  static Demand exact(Shape shape) {
    return of(shape, Kind.EXACT, 0, 0, 0, 0, 0);
  }

  static Demand of(Shape shape, ModelBits bits, double unavoidable) {
    if (bits.crowded()) {
      return exact(shape);
    }
    return switch (shape.accelerator()) {
      case Accelerator.None none -> of(shape, Kind.PROCESSOR, 0, 0, 0, 0, 0);
      case Accelerator.Seat seat -> exact(shape);
      case Accelerator.GpuShare share ->
          of(
              shape,
              Kind.SHARE,
              1,
              share.milli(),
              share.memoryMib(),
              bits.mask(share.models()),
              unavoidable);
      case Accelerator.WholeGpus gpus ->
          of(shape, Kind.WHOLE, gpus.count(), 1000, 0, bits.mask(gpus.models()), unavoidable);
      case Accelerator.MigSlice mig -> exact(shape);
      case Accelerator.TpuSlice slice -> exact(shape);
    };
  }

  private static Demand of(
      Shape shape, Kind kind, int count, int milli, long memory, long models, double unavoidable) {
    return new Demand(
        shape,
        kind,
        shape.cpuMilli(),
        shape.memoryMib(),
        count,
        milli,
        memory,
        models,
        unavoidable);
  }

  /** Thousandths of GPUs that it takes in all. */
  long milliInAll() {
    return (long) count * milli;
  }
}
