package dev.berth.scheduler.core.model;

/** One device held by a lease; {@link #name} is its DRA device name on the node. */
public sealed interface Device {
  String name();

  /** Card model, TPU generation, or "cpu". */
  String model();

  /** MiB of device memory held. */
  long memoryMib();

  record WholeGpu(int card, String model, long memoryMib) implements Device {
    @Override
    public String name() {
      return "gpu-" + card;
    }
  }

  /** A MIG instance; {@code start} is its first memory unit. */
  record MigInstance(int card, String model, String profile, int start, long memoryMib)
      implements Device {
    @Override
    public String name() {
      String plain = profile.replace('.', '-').replace('+', '-');
      return "gpu-" + card + "-mig-" + plain + "-" + start;
    }
  }

  record ShareOfGpu(int card, String model, int milli, long memoryMib) implements Device {
    @Override
    public String name() {
      return "gpu-" + card + "-share";
    }
  }

  record TpuChip(int x, int y, int z, String model, long memoryMib) implements Device {
    @Override
    public String name() {
      return "tpu-" + x + "-" + y + "-" + z;
    }
  }

  /**
   * A ZeroGPU seat: many leases hold the node's processor and memory, its turns share the cards.
   */
  record Seat() implements Device {
    public static final String MODEL = "seat";

    @Override
    public String name() {
      return "cpu";
    }

    @Override
    public String model() {
      return MODEL;
    }

    @Override
    public long memoryMib() {
      return 0;
    }
  }

  /** Processor and memory only; many leases hold it. */
  record Cpu() implements Device {
    @Override
    public String name() {
      return "cpu";
    }

    @Override
    public String model() {
      return "cpu";
    }

    @Override
    public long memoryMib() {
      return 0;
    }
  }
}
