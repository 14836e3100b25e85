package dev.berth.agent.devices;

import java.util.List;

/**
 * One way to cut a card.
 *
 * @param id NVML GPU instance profile id
 * @param memoryUnits length on the placement axis
 * @param starts legal first memory units
 * @param media takes the card's media engines, of which there is one set
 */
public record MigProfile(
    String name,
    int id,
    int maxInstances,
    int computeSlices,
    int memoryUnits,
    List<Integer> starts,
    long memoryMib,
    boolean media) {
  public MigProfile {
    starts = List.copyOf(starts);
  }

  /** Bit i is memory unit i. */
  public long mask(int start) {
    return ((1L << memoryUnits) - 1) << start;
  }

  /** As it stands in device names: '.' and '+' become '-'. */
  public String slug() {
    return name.replace('.', '-').replace('+', '-');
  }
}
