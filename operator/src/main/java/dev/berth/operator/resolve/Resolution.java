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

  /**
   * {@code reason} is a condition reason in CamelCase; {@code forNow}: it is no fault of the wish,
   * and passes by itself.
   */
  record Unresolved(String reason, String message, boolean forNow) implements Resolution {
    public Unresolved(String reason, String message) {
      this(reason, message, false);
    }

    public static Unresolved forNow(String reason, String message) {
      return new Unresolved(reason, message, true);
    }
  }
}
