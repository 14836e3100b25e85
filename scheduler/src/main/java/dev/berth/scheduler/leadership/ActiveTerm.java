package dev.berth.scheduler.leadership;

import dev.berth.scheduler.core.State;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The term this process leads now, if any; everything that serves looks here. */
public final class ActiveTerm {
  private final List<TermListener> listeners = new CopyOnWriteArrayList<>();
  private volatile @Nullable DecisionLoop current;

  public void addListener(TermListener listener) {
    listeners.add(listener);
  }

  public @Nullable DecisionLoop current() {
    return current;
  }

  /** The last durable state of the term led; null on a standby. */
  public @Nullable State state() {
    DecisionLoop decisions = current;
    return decisions == null ? null : decisions.state();
  }

  /** The deciding thread of this term, or {@link NotLeaderException}. */
  public DecisionLoop leading() {
    DecisionLoop decisions = current;
    if (decisions == null) {
      throw new NotLeaderException("This scheduler is a standby; ask the leader.");
    }
    return decisions;
  }

  /** Serves this term; the caller starts the decisions. */
  public synchronized void enter(DecisionLoop decisions) {
    current = decisions;
    listeners.forEach(listener -> listener.leading(decisions));
  }

  /** Nothing is decided or served any more once this returns. */
  public synchronized void leave() {
    DecisionLoop decisions = current;
    if (decisions != null) {
      current = null;
      decisions.close();
      listeners.forEach(TermListener::notLeading);
    }
  }
}
