package dev.berth.agent.turns.runtime;

import dev.berth.agent.core.Moment;
import dev.berth.agent.turns.core.LiveTurn;
import dev.berth.agent.turns.core.ProcessId;
import dev.berth.agent.turns.core.Seat;
import dev.berth.agent.turns.core.TurnAnswer;
import dev.berth.agent.turns.core.TurnEffect;
import dev.berth.agent.turns.core.TurnEvent;
import dev.berth.agent.turns.core.TurnFact;
import dev.berth.agent.turns.core.TurnRequest;
import dev.berth.agent.turns.core.Turns;
import dev.berth.agent.turns.core.TurnsState;
import dev.berth.agent.turns.core.Worker;
import dev.berth.agent.turns.devices.TurnDevices;
import dev.berth.agent.turns.journal.TurnJournal;
import dev.berth.agent.turns.process.Processes;
import dev.berth.agent.turns.quota.Draw;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one owner of the state of turns. Each event is decided, written to the journal, applied, and
 * its effects are carried out, in order; what may block is done elsewhere and comes back as an
 * event.
 */
public final class TurnEngine implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TurnEngine.class);

  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<TurnEvent> next = new ArrayDeque<>();
  private final Map<String, Consumer<TurnAnswer>> callers = new ConcurrentHashMap<>();
  private final ExecutorService blocking = Executors.newVirtualThreadPerTaskExecutor();
  private final TurnJournal journal;
  private final Processes processes;
  private final TurnDevices devices;
  private final Draws draws;
  private final Supplier<Moment> clock;
  private final Supplier<String> newId;
  private volatile TurnsState state;
  private volatile boolean failed;
  private boolean busy;

  /** Where quota is asked for; the answers come back as {@link TurnEvent.Drawn}. */
  @FunctionalInterface
  public interface Draws {
    void ask(TurnEngine engine, Draw draw);
  }

  public TurnEngine(
      TurnsState recovered,
      TurnJournal journal,
      Processes processes,
      TurnDevices devices,
      Draws draws,
      Supplier<Moment> clock,
      Supplier<String> newId) {
    this.state = recovered;
    this.journal = journal;
    this.processes = processes;
    this.devices = devices;
    this.draws = draws;
    this.clock = clock;
    this.newId = newId;
  }

  /** Takes up what a former process left. */
  public void start(String bootId) {
    devicesChanged();
    handle(new TurnEvent.Started(bootId));
  }

  public TurnsState state() {
    return state;
  }

  public Moment now() {
    return clock.get();
  }

  /** Whether the journal is lost: the agent must start anew. */
  public boolean failed() {
    return failed;
  }

  public String newId() {
    return newId.get();
  }

  /** What is usable is asked under the lock: an older answer must not follow a newer one. */
  public void devicesChanged() {
    lock.lock();
    try {
      handle(new TurnEvent.DevicesSeen(devices.usable(), devices.recalled()));
    } finally {
      lock.unlock();
    }
  }

  /**
   * {@code caller} hears at once, or later, and must not block. It hears nothing after Granted,
   * Refused, TimedOut or Unavailable.
   */
  public void schedule(TurnRequest request, boolean sizeGiven, Consumer<TurnAnswer> caller) {
    callers.put(request.id(), caller);
    handle(new TurnEvent.Scheduled(request, sizeGiven, newId.get()));
  }

  /** The caller went away before it heard. */
  public void cancel(String turn) {
    callers.remove(turn);
    handle(new TurnEvent.Cancelled(turn));
  }

  /** Whether the process may use the turn's devices from now on. */
  public boolean allow(Seat seat, String turn, ProcessId process) {
    lock.lock();
    try {
      if (granted(seat, turn)) {
        handle(new TurnEvent.Allowed(turn, process));
      }
      Worker worker = state.book().workers().get(process);
      return worker != null && turn.equals(worker.turn());
    } finally {
      lock.unlock();
    }
  }

  /** What a release met. */
  public enum Released {
    OK,
    UNUSED,
    UNKNOWN
  }

  public Released release(Seat seat, String turn, boolean fail) {
    lock.lock();
    try {
      if (!granted(seat, turn)) {
        return Released.UNKNOWN;
      }
      boolean used = state.book().workerOf(turn) != null;
      handle(new TurnEvent.Released(turn, fail));
      return used ? Released.OK : Released.UNUSED;
    } finally {
      lock.unlock();
    }
  }

  public void seatOpened(Seat seat) {
    handle(new TurnEvent.SeatOpened(seat));
  }

  public void seatClosed(String lease) {
    handle(new TurnEvent.SeatClosed(lease));
  }

  /** Workers of its former life are orphans. */
  public void appStarted(Seat seat) {
    handle(new TurnEvent.AppStarted(seat.lease()));
  }

  private boolean granted(Seat seat, String turn) {
    LiveTurn live = state.book().turns().get(turn);
    return live != null
        && live.request().lease().equals(seat.lease())
        && live.phase() instanceof LiveTurn.Phase.Granted;
  }

  /** Ends, in one go, workers that died by themselves. */
  public void watch() {
    Set<ProcessId> dead = new HashSet<>();
    for (ProcessId process : state.book().workers().keySet()) {
      if (!processes.isAlive(process)) {
        dead.add(process);
      }
    }
    if (!dead.isEmpty()) {
      handle(new TurnEvent.Died(dead));
    }
  }

  public void sync() {
    try {
      journal.sync();
    } catch (RuntimeException e) {
      failed = true;
      throw e;
    }
  }

  /** Effects that bring on further events at once do so in order. */
  public void handle(TurnEvent event) {
    lock.lock();
    try {
      next.add(event);
      if (!busy) {
        busy = true;
        drain();
      }
    } finally {
      lock.unlock();
    }
  }

  private void drain() {
    try {
      for (TurnEvent event = next.poll(); event != null; event = next.poll()) {
        Turns.Step step = Turns.step(state, event, clock.get());
        write(step.facts());
        state = step.state();
        step.facts().forEach(TurnMetrics::count);
        step.effects().forEach(this::perform);
      }
    } finally {
      busy = false;
    }
  }

  private void write(List<TurnFact> facts) {
    if (facts.isEmpty()) {
      return;
    }
    try {
      journal.append(facts);
      if (journal.wantsCompaction()) {
        journal.compact(state.book());
        journal.append(facts);
      }
    } catch (RuntimeException e) {
      failed = true;
      throw e;
    }
  }

  private void perform(TurnEffect effect) {
    switch (effect) {
      case TurnEffect.Answer e -> answer(e.turn(), e.answer());
      case TurnEffect.Ask e -> draws.ask(this, e.draw());
      case TurnEffect.Kill e -> elsewhere(() -> end(e.processes()));
      case TurnEffect.Provide e -> provide(e);
    }
  }

  private void answer(String turn, TurnAnswer answer) {
    TurnMetrics.count(answer);
    Consumer<TurnAnswer> caller =
        answer instanceof TurnAnswer.Queued ? callers.get(turn) : callers.remove(turn);
    if (caller != null) {
      caller.accept(answer);
    }
  }

  private void provide(TurnEffect.Provide e) {
    if (e.ended().isEmpty() && devices.isReady(e.devices())) {
      next.add(new TurnEvent.Provided(e.turn()));
      return;
    }
    elsewhere(
        () -> {
          try {
            end(e.ended());
            devices.provide(e.devices());
            handle(new TurnEvent.Provided(e.turn()));
          } catch (RuntimeException problem) {
            LOG.atError()
                .addKeyValue("devices", e.devices())
                .setCause(problem)
                .log("Devices could not be made ready for a turn.");
            handle(new TurnEvent.NotProvided(e.turn()));
          }
        });
  }

  private void end(List<ProcessId> workers) {
    if (!workers.isEmpty()) {
      processes.end(workers);
      handle(new TurnEvent.Died(Set.copyOf(workers)));
    }
  }

  private void elsewhere(Runnable work) {
    if (!blocking.isShutdown()) {
      blocking.execute(work);
    }
  }

  @Override
  public void close() {
    blocking.shutdownNow();
  }
}
