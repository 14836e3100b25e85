package dev.berth.agent.devices.simulated;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The YAML of a simulated node. It is read again whenever it changes, so faults are set by editing
 * it.
 *
 * @param unhealthy device names, e.g. "gpu-1" or "tpu-0-1-0"
 * @param xid last XID error by card name, as the exporter shows it
 * @param utilization busy ratio of a held device, 0 to 1; 0.75 if absent
 */
public record SimulatedNode(
    List<CardGroup> cards,
    @Nullable Tpu tpu,
    List<String> unhealthy,
    Map<String, Integer> xid,
    @Nullable Double utilization) {
  private static final double USUAL_UTILIZATION = 0.75;

  @SuppressWarnings("ConstantValue")
  public SimulatedNode {
    cards = cards == null ? List.of() : List.copyOf(cards);
    unhealthy = unhealthy == null ? List.of() : List.copyOf(unhealthy);
    xid = xid == null ? Map.of() : Map.copyOf(xid);
  }

  /** {@code count} cards of one model, in one NVLink group if named. */
  public record CardGroup(String model, int count, @Nullable String linkGroup) {}

  /** A block of chips, written "2x4x1". */
  public record Tpu(String generation, String block) {}

  double busyRatio() {
    return utilization == null ? USUAL_UTILIZATION : utilization;
  }
}
