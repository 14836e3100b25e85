package dev.berth.agent.core;

import java.util.Map;

/** What the scheduler says is placed here, as far as it can be heard now. */
public sealed interface GrantView {
  /** No scheduler, or none that has sent its list yet: local rules decide. */
  record Unknown() implements GrantView {}

  /** The list of the connected leader; a lease that is not in it must not be prepared. */
  record Known(Map<String, Grant> grants) implements GrantView {
    public Known {
      grants = Map.copyOf(grants);
    }
  }
}
