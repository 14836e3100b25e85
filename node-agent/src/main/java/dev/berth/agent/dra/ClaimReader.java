package dev.berth.agent.dra;

import java.util.Optional;

/** Reads a ResourceClaim as it is now. */
@FunctionalInterface
public interface ClaimReader {
  /** Empty if there is no such claim; throws if the API server cannot be asked. */
  Optional<AllocatedClaim> read(String namespace, String name);
}
