package dev.berth.e2e.replay;

import dev.berth.scheduler.core.model.Accelerator;
import dev.berth.scheduler.core.model.Policy;
import dev.berth.scheduler.core.model.Request;
import dev.berth.scheduler.core.model.Shape;
import dev.berth.scheduler.core.model.Topology;
import java.util.List;

/** One task of a trace; times are 0 where the file has none. */
public record Task(
    String id, Shape shape, double arrivalSeconds, double durationSeconds, Policy policy) {
  private static final long DAY = 86_400_000_000_000L;

  public Task(String id, Shape shape, double arrivalSeconds, double durationSeconds) {
    this(id, shape, arrivalSeconds, durationSeconds, Policy.DEFAULT);
  }

  /** The same task, which may be moved; it stays for long. */
  Task movable() {
    Policy movable = new Policy(0, true, "", Topology.ANYWHERE, List.of(), List.of(), DAY, 0);
    return new Task(id, shape, arrivalSeconds, durationSeconds, movable);
  }

  static long nanos(double seconds) {
    return Math.round(seconds * 1e9);
  }

  public Request request() {
    return new Request(id, List.of(shape), "replay", id, shape.toString(), "replay", policy);
  }

  /** Thousandths of GPUs in all. */
  long gpuMilli() {
    return switch (shape.accelerator()) {
      case Accelerator.WholeGpus gpus -> 1000L * gpus.count();
      case Accelerator.GpuShare share -> share.milli();
      case Accelerator.None none -> 0;
      case Accelerator.Seat seat -> 0;
      case Accelerator.MigSlice mig -> 0;
      case Accelerator.TpuSlice slice -> 0;
    };
  }
}
