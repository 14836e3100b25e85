package dev.berth.agent.turns.journal;

import dev.berth.agent.turns.core.Book;
import dev.berth.agent.turns.core.TurnFact;
import java.util.List;

/**
 * Ordered facts. What was appended survives the process at once, and a power cut once it is synced;
 * {@code append} and {@code compact} come from one thread at a time.
 */
public interface TurnJournal extends AutoCloseable {
  /** All of these or none. */
  void append(List<TurnFact> facts);

  /** Returns when everything appended so far survives a power cut. */
  void sync();

  boolean wantsCompaction();

  /** Starts a new file with {@code book} and drops the old one. */
  void compact(Book book);

  @Override
  void close();
}
