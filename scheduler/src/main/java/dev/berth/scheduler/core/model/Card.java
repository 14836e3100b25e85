package dev.berth.scheduler.core.model;

import java.util.List;

/**
 * A GPU of a node. Cards of one NVLink group share {@code linkGroup}; empty means no link. {@code
 * migUnits} is the length of the placement axis and {@code migCompute} the budget of compute
 * slices; 0 means that it cannot be cut.
 */
public record Card(
    int index,
    String uuid,
    String model,
    long memoryMib,
    String linkGroup,
    boolean healthy,
    int migUnits,
    int migCompute,
    List<MigProfile> profiles) {
  public Card {
    profiles = List.copyOf(profiles);
  }

  public String name() {
    return "gpu-" + index;
  }

  public Card withHealthy(boolean now) {
    return new Card(index, uuid, model, memoryMib, linkGroup, now, migUnits, migCompute, profiles);
  }
}
