package dev.berth.e2e.fleet;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How a process is.
 *
 * @param state "running", "restarting" (its supervisor is about to start it) or "stopped"
 * @param port where it serves, if it does
 * @param residentBytes 0 if it does not run
 * @param restarts since it was started on purpose
 */
public record ProcessStatus(
    String name,
    String state,
    OptionalLong pid,
    long residentBytes,
    Optional<Integer> port,
    Duration uptime,
    int restarts) {}
