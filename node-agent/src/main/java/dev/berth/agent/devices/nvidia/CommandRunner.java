package dev.berth.agent.devices.nvidia;

import java.util.List;

/** Runs a command and returns what it printed. */
@FunctionalInterface
public interface CommandRunner {
  /**
   * Standard output; a failure is a {@code DeviceException} with the exit code and what it said.
   */
  String run(List<String> command);
}
