package dev.berth.agent.runtime;

import dev.berth.agent.core.AgentState;
import dev.berth.agent.core.Decision;
import dev.berth.agent.core.Event;
import dev.berth.agent.core.Ledger;
import dev.berth.agent.core.Moment;
import dev.berth.agent.journal.Journal;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The one owner of the agent's state. Every change is decided on the present state, written to the
 * journal, applied, and made durable before anyone is answered.
 */
public final class AgentLedger {
  private final ReentrantLock lock = new ReentrantLock();
  private final Journal journal;
  private final Moments clock;
  private final List<Consumer<AgentState>> listeners = new CopyOnWriteArrayList<>();
  private volatile AgentState state;
  private volatile boolean failed;

  public AgentLedger(AgentState recovered, Journal journal, Moments clock) {
    this.state = recovered;
    this.journal = journal;
    this.clock = clock;
  }

  /** Called after each change with the new state, on the changing thread; must return at once. */
  public void onChange(Consumer<AgentState> listener) {
    listeners.add(listener);
  }

  /** The state as of now. */
  public AgentState now() {
    return Ledger.advance(state, clock.now());
  }

  /** Journal time minus the monotonic clock, in this boot. */
  public long offset() {
    return state.time().offset();
  }

  public boolean failed() {
    return failed;
  }

  public void record(Event event) {
    decide(s -> new Decision<>(List.of(event), true));
  }

  /** Decides on the present state and returns the answer once its events are durable. */
  public <T> T decide(Function<AgentState, Decision<T>> rule) {
    Decided<T> decided = locked(rule);
    if (decided.position() >= 0) {
      guard(() -> journal.sync(decided.position()));
      listeners.forEach(l -> l.accept(decided.state()));
    }
    return decided.answer();
  }

  private record Decided<T>(T answer, AgentState state, long position) {}

  private <T> Decided<T> locked(Function<AgentState, Decision<T>> rule) {
    lock.lock();
    try {
      Moment now = clock.now();
      Decision<T> decision = rule.apply(Ledger.advance(state, now));
      if (decision.events().isEmpty()) {
        return new Decided<>(decision.answer(), state, -1);
      }
      long position = commit(decision.events(), now);
      return new Decided<>(decision.answer(), state, position);
    } finally {
      lock.unlock();
    }
  }

  private long commit(List<Event> events, Moment now) {
    long[] position = new long[1];
    guard(() -> position[0] = journal.append(events, now));
    AgentState next = state;
    for (Event event : events) {
      next = Ledger.step(next, event, now);
    }
    state = next;
    if (journal.wantsCompaction()) {
      guard(() -> journal.compact(state, now));
    }
    return position[0];
  }

  private void guard(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      failed = true;
      throw e;
    }
  }
}
