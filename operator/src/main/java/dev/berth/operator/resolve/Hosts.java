package dev.berth.operator.resolve;

import dev.berth.operator.workload.Identity;
import java.util.Optional;

/**
 * Who else answers under a host name. "a-b/c" and "a/b-c" would share one; the Service that exists
 * already keeps it.
 */
@FunctionalInterface
public interface Hosts {
  /** "namespace/name" of another workload's Service with the host of {@code identity}. */
  Optional<String> takenBy(Identity identity);
}
