package dev.berth.agent.dra;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a seat adds to its container.
 *
 * @param deviceNodes files of the devices that turns share
 * @param mounts files of this host, by where the container sees them; read-only
 */
public record SeatEdits(
    Map<String, String> env, List<String> deviceNodes, Map<String, Path> mounts) {
  public SeatEdits {
    env = Map.copyOf(env);
    deviceNodes = List.copyOf(deviceNodes);
    mounts = Map.copyOf(mounts);
  }
}
