package dev.berth.agent.devices;

import java.util.List;

/**
 * One GPU.
 *
 * @param index i of the device name gpu-i; the driver's index
 * @param linkGroup NVLink group, empty if none
 * @param migUnits length of the placement axis, 0 if it cannot be cut
 * @param migSlices budget of compute slices
 */
public record Card(
    int index,
    String uuid,
    String model,
    long memoryMib,
    String linkGroup,
    int migUnits,
    int migSlices,
    List<MigProfile> profiles) {
  public Card {
    profiles = List.copyOf(profiles);
  }

  public String name() {
    return "gpu-" + index;
  }
}
