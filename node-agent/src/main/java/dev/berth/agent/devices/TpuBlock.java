package dev.berth.agent.devices;

import java.util.List;
import java.util.stream.IntStream;

/** The chips of one TPU host: a block of a torus. */
public record TpuBlock(String generation, int x, int y, int z, long chipMemoryMib) {

  /** Chip names tpu-x-y-z in the order of their indices on the host. */
  public List<String> chips() {
    return IntStream.range(0, x * y * z)
        .mapToObj(i -> "tpu-" + i % x + "-" + i / x % y + "-" + i / (x * y))
        .toList();
  }
}
