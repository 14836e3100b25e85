package dev.berth.scheduler.core.fit;

import dev.berth.scheduler.core.model.Device;
import dev.berth.scheduler.core.model.ReasonCode;
import java.util.List;

/** Whether a shape fits on one node now, and where, or what is short. */
public sealed interface Fit {
  /** It fits on these devices. */
  record Fits(List<Device> devices, Score score) implements Fit {
    public Fits {
      devices = List.copyOf(devices);
    }
  }

  /** It does not; amounts are in {@code unit} of {@code resource}, on this node. */
  record Shortage(ReasonCode code, long asked, long free, long total, String unit, String resource)
      implements Fit {
    static Shortage unknown(String resource, String unit, long asked) {
      return new Shortage(ReasonCode.NO_SUCH_DEVICE, asked, 0, 0, unit, resource);
    }

    public Shortage as(ReasonCode other) {
      return new Shortage(other, asked, free, total, unit, resource);
    }
  }
}
