package dev.berth.scheduler.leadership;

import dev.berth.scheduler.core.Effect;
import dev.berth.scheduler.core.Event;
import dev.berth.scheduler.core.State;
import java.util.List;

/** Sees every decision after it is durable, on the deciding thread: be quick, never block. */
public interface DecisionObserver {
  /** {@code nanos} is the time from the event's arrival to its durability. */
  void decided(State state, Event event, List<Effect> effects, long nanos);

  /** All that one commit made durable was told: the place for what is worth doing once for all. */
  default void settled() {}
}
