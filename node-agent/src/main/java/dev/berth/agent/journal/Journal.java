package dev.berth.agent.journal;

import dev.berth.agent.core.AgentState;
import dev.berth.agent.core.Event;
import dev.berth.agent.core.Moment;
import java.util.List;

/**
 * Durable, ordered events. Calls to {@code append} and {@code compact} come from one thread at a
 * time.
 */
public interface Journal extends AutoCloseable {
  /** Writes the events, not yet durable. Returns the position to give to {@link #sync}. */
  long append(List<Event> events, Moment now);

  /** Returns once everything up to {@code position} survives a power cut; calls share one fsync. */
  void sync(long position);

  /** Whether so much was written since the last snapshot that it should be compacted. */
  boolean wantsCompaction();

  /** Starts a new file with a snapshot of {@code state} and drops the old one. */
  void compact(AgentState state, Moment now);

  @Override
  void close();
}
