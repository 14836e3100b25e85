package dev.berth.scheduler.core;

import java.util.List;

/** The state after an event, and what is to be done. */
public record Decision(State state, List<Effect> effects) {
  public Decision {
    effects = List.copyOf(effects);
  }
}
