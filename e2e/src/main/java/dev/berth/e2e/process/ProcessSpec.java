package dev.berth.e2e.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A background process of the fleet.
 *
 * @param name unique in the fleet; names its log and its pid files
 * @param command program (absolute path) and arguments
 * @param environment added to the environment of the command that starts it
 * @param files what it reads at start, written before it starts; a change of one restarts it
 * @param ready when it counts as ready
 */
public record ProcessSpec(
    String name,
    List<String> command,
    Map<String, String> environment,
    Map<Path, String> files,
    Readiness ready) {}
