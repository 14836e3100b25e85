package dev.berth.agent.turns.devices;

import dev.berth.turns.model.Device;
import java.util.List;
import java.util.Set;

/** The cards and slices that turns share, by index; 2n and 2n+1 are a pair. */
public interface TurnDevices {
  /** Those that may be used now. */
  List<Device> usable();

  /** Lent devices that their owner wants back, or has back. */
  default Set<Integer> recalled() {
    return Set.of();
  }

  /** Whether {@link #provide} would have nothing to do. */
  boolean isReady(List<Integer> devices);

  /** Makes one device, or a pair as a whole, ready for a turn; nobody else is on it. May block. */
  void provide(List<Integer> devices);

  /** What CUDA_VISIBLE_DEVICES is to be; of devices that are ready. */
  String uuid(List<Integer> devices);
}
