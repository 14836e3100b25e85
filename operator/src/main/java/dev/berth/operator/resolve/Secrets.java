package dev.berth.operator.resolve;

import java.util.Optional;
import java.util.Set;

/** What is known of Secrets: version and keys, never values. */
public interface Secrets {
  Optional<Version> find(String namespace, String name);

  /** {@code resourceVersion} changes with every change of the Secret. */
  record Version(String resourceVersion, Set<String> keys) {}
}
