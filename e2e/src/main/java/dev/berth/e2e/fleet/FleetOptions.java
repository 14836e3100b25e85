package dev.berth.e2e.fleet;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which fleet, and how it is to be made.
 *
 * @param home where all of it lies
 * @param cluster "native" or "k3s"; ignored if {@code kubeconfig} is given; empty: as it is now
 * @param kubeconfig of a cluster that exists
 * @param cache for what is built; may be shared by fleets
 * @param repository this source tree: cluster sources, chart
 * @param libraries the directory with all jars of our processes
 */
public record FleetOptions(
    Path home,
    OptionalInt portBase,
    Optional<String> cluster,
    Optional<Path> kubeconfig,
    Path cache,
    Path repository,
    Path libraries) {}
