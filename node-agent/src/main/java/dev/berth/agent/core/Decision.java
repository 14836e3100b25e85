package dev.berth.agent.core;

import java.util.List;

/** What is to be recorded, and what is answered once it is. */
public record Decision<T>(List<Event> events, T answer) {
  public Decision {
    events = List.copyOf(events);
  }
}
