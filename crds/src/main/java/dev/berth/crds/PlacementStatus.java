package dev.berth.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One lease: the node and the devices that a replica holds. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PlacementStatus(String id, @Nullable String node, List<String> devices) {
  public PlacementStatus {
    devices = devices == null ? List.of() : List.copyOf(devices);
  }
}
