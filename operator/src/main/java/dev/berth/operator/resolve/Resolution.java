package dev.berth.operator.resolve;

import dev.berth.crds.FlavorSpec;
import java.time.Duration;
import java.util.List;

/** The wish with its references resolved, or why it cannot be. */
public sealed interface Resolution {
  /**
   * {@code revision} is the hash of all that would change the pods or their placement; warnings are
   * sentences.
   */
  record Resolved(
      String revision,
      String flavor,
      FlavorSpec spec,
      Duration startupTimeout,
      List<String> warnings,
      Policy policy)
      implements Resolution {}

  /** {@code reason} is a condition reason in CamelCase. */
  record Unresolved(String reason, String message) implements Resolution {}
}
