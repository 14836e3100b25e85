package dev.berth.scheduler.core.torus;

import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.model.Device;
import java.util.List;

/** The chips that one host gives to a slice. */
public record Part(Node host, List<Device> chips) {
  public Part {
    chips = List.copyOf(chips);
  }
}
