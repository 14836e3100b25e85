package dev.berth.scheduler.core;

/** How one event changes the state; {@code now} is in unix nanoseconds. A pure function. */
@FunctionalInterface
public interface Step {
  Decision step(State state, Event event, long now);
}
