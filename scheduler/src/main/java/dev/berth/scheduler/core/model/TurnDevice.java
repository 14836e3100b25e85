package dev.berth.scheduler.core.model;

/**
 * A card or slice that one turn after another uses (ZeroGPU); its node agent gives it out.
 *
 * @param name {@code gpu-<i>} or {@code gpu-<i>-mig-<profile>-<start>}
 * @param model card model
 */
public record TurnDevice(String name, String uuid, String model, long memoryMib, boolean healthy) {
  public TurnDevice withHealthy(boolean now) {
    return new TurnDevice(name, uuid, model, memoryMib, now);
  }
}
