package dev.berth.scheduler.core.model;

import java.util.List;

/**
 * One way to cut a card. {@code starts} are the legal first memory units; a {@code media} profile
 * takes the card's media engines, so there is at most one such instance on a card.
 */
public record MigProfile(
    String name,
    int gpuInstanceProfileId,
    int computeSlices,
    int memoryUnits,
    List<Integer> starts,
    int maxInstances,
    long memoryMib,
    boolean media) {
  public MigProfile {
    starts = List.copyOf(starts);
  }

  /** The memory units of an instance at {@code start}, as bits. */
  public int mask(int start) {
    return ((1 << memoryUnits) - 1) << start;
  }
}
