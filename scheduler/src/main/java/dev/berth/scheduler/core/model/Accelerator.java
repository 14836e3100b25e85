package dev.berth.scheduler.core.model;

/** What one replica asks for beside processor and memory. */
public sealed interface Accelerator {
  /** Processor and memory only. */
  record None() implements Accelerator {}

  /** A place on a node whose cards are shared by turns (ZeroGPU); holds none of them. */
  record Seat() implements Accelerator {}

  /** {@code count} whole cards, all of one of these models, on one node. */
  record WholeGpus(Models models, int count) implements Accelerator {
    public WholeGpus(String model, int count) {
      this(Models.of(model), count);
    }
  }

  /** One MIG instance by profile name. */
  record MigSlice(String model, String profile) implements Accelerator {}

  /** Thousandths of one card's time, and MiB of its memory. */
  record GpuShare(Models models, int milli, long memoryMib) implements Accelerator {
    public GpuShare(String model, int milli, long memoryMib) {
      this(Models.of(model), milli, memoryMib);
    }
  }

  /** A cuboid of chips on one torus; the axes may be permuted. */
  record TpuSlice(String generation, int x, int y, int z) implements Accelerator {
    public int chips() {
      return x * y * z;
    }
  }
}
