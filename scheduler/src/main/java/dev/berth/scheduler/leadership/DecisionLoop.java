package dev.berth.scheduler.leadership;

import dev.berth.scheduler.core.Decision;
import dev.berth.scheduler.core.Effect;
import dev.berth.scheduler.core.Event;
import dev.berth.scheduler.core.State;
import dev.berth.scheduler.core.Step;
import dev.berth.scheduler.store.Commit;
import dev.berth.scheduler.store.PlacementStore;
import dev.berth.scheduler.store.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that decides during one term: takes events in order, lets the core step, makes the
 * writes durable, and only then publishes the state and answers. Events that wait together are
 * committed together. The first commit that is not durable ends the loop.
 */
public final class DecisionLoop implements AutoCloseable {
  private static final int QUEUE = 8192;
  private static final int BATCH = 64;
  private static final int BATCH_LEASES = 512;
  private static final long TICK_NANOS = TimeUnit.SECONDS.toNanos(1);

  private record Arrived(
      Event event, long nanos, CompletableFuture<List<Effect>> answer, @Nullable Runnable task) {}

  private record Decided(Arrived arrived, List<Effect> effects) {
    /**
     * A deposed leader that does not know it must not tell a client what was true once: such an
     * answer is fenced by a commit even when nothing is written.
     */
    boolean answersClient() {
      return effects.stream()
          .anyMatch(e -> e instanceof Effect.PlaceAnswered || e instanceof Effect.ReleaseAnswered);
    }
  }

  private final Step scheduler;
  private final PlacementStore store;
  private final Term term;
  private final LongSupplier clock;
  private final List<DecisionObserver> observers;
  private final Consumer<Commit> failed;
  private final BlockingQueue<Arrived> queue = new ArrayBlockingQueue<>(QUEUE);
  private final Thread thread;
  private volatile State state;
  private volatile boolean closed;
  private long lastTick = System.nanoTime();

  /**
   * {@code clock} gives unix nanoseconds that never go back; {@code failed} hears a lost commit.
   */
  public DecisionLoop(
      Step scheduler,
      PlacementStore store,
      Term term,
      State start,
      LongSupplier clock,
      List<DecisionObserver> observers,
      Consumer<Commit> failed) {
    this.scheduler = scheduler;
    this.store = store;
    this.term = term;
    this.state = start;
    this.clock = clock;
    this.observers = List.copyOf(observers);
    this.failed = failed;
    this.thread = Thread.ofPlatform().name("decisions-" + term.epoch()).unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  public long epoch() {
    return term.epoch();
  }

  /** The last durable state. */
  public State state() {
    return state;
  }

  /** Decides the event in turn; the answer comes when it is durable. */
  public CompletableFuture<List<Effect>> submit(Event event) {
    return enqueue(new Arrived(event, System.nanoTime(), new CompletableFuture<>(), null));
  }

  /** Runs {@code task} between decisions, so it sees a state and misses nothing after it. */
  public CompletableFuture<List<Effect>> between(Runnable task) {
    return enqueue(
        new Arrived(new Event.Tick(), System.nanoTime(), new CompletableFuture<>(), task));
  }

  private CompletableFuture<List<Effect>> enqueue(Arrived arrived) {
    if (closed || !queue.offer(arrived)) {
      String why = closed ? "This scheduler does not lead" : "The decision queue is full";
      arrived.answer().completeExceptionally(new NotLeaderException(why + "; try again."));
    } else if (closed) {
      failWaiting();
    }
    return arrived.answer();
  }

  /**
   * Decides a batch of what waits on the caller's thread, for a simulation in place of {@link
   * #start}; ticks are then events of the caller.
   */
  public void turn() {
    List<Arrived> batch = new ArrayList<>();
    queue.drainTo(batch, BATCH);
    decide(batch);
  }

  private void run() {
    try {
      while (!closed) {
        decide(nextBatch());
      }
    } catch (InterruptedException e) {
      closed = true;
    } catch (RuntimeException e) {
      // A broken invariant: nothing of this batch was answered; step down rather than guess.
      boolean deposed = closed;
      closed = true;
      if (!deposed) {
        failed.accept(new Commit.Unknown(e));
      }
    } finally {
      failWaiting();
    }
  }

  /** Waits for events, at most until the next tick, which is then the only event. */
  private List<Arrived> nextBatch() throws InterruptedException {
    long untilTick = lastTick + TICK_NANOS - System.nanoTime();
    Arrived first = untilTick <= 0 ? null : queue.poll(untilTick, TimeUnit.NANOSECONDS);
    List<Arrived> batch = new ArrayList<>();
    if (first == null) {
      lastTick = System.nanoTime();
      batch.add(new Arrived(new Event.Tick(), lastTick, new CompletableFuture<>(), null));
    } else {
      batch.add(first);
      queue.drainTo(batch, BATCH - 1);
    }
    return batch;
  }

  private void decide(List<Arrived> batch) {
    State next = state;
    List<Decided> decided = new ArrayList<>();
    List<Effect.Write> writes = new ArrayList<>();
    for (Arrived arrived : batch) {
      if (arrived.task() != null || leases(writes) > BATCH_LEASES) {
        if (!commit(next, writes, decided)) {
          fail(batch);
          return;
        }
      }
      if (arrived.task() != null) {
        arrived.task().run();
        arrived.answer().complete(List.of());
        continue;
      }
      Decision decision = scheduler.step(next, arrived.event(), clock.getAsLong());
      next = decision.state();
      decided.add(new Decided(arrived, decision.effects()));
      decision.effects().forEach(effect -> addWrite(effect, writes));
    }
    if (!commit(next, writes, decided)) {
      fail(batch);
    }
  }

  /** Makes the writes durable, publishes, answers, and empties both lists; false ends the term. */
  private boolean commit(State next, List<Effect.Write> writes, List<Decided> decided) {
    boolean silent = writes.isEmpty() && decided.stream().noneMatch(Decided::answersClient);
    Commit commit = silent ? new Commit.Durable() : store.commit(term, writes);
    if (closed) {
      return false; // Deposed meanwhile: whether it was written shows when the store is read again.
    }
    if (!(commit instanceof Commit.Durable)) {
      closed = true;
      failed.accept(commit);
      return false;
    }
    state = next;
    for (Decided one : decided) {
      long nanos = System.nanoTime() - one.arrived().nanos();
      observers.forEach(o -> o.decided(next, one.arrived().event(), one.effects(), nanos));
      one.arrived().answer().complete(one.effects());
    }
    writes.clear();
    decided.clear();
    return true;
  }

  private static int leases(List<Effect.Write> writes) {
    int leases = 0;
    for (Effect.Write write : writes) {
      leases +=
          write instanceof Effect.PlacementSaved s ? s.placement().request().members().size() : 1;
    }
    return leases;
  }

  private static void addWrite(Effect effect, List<Effect.Write> writes) {
    if (effect instanceof Effect.Write write) {
      writes.add(write);
    }
  }

  private static void fail(List<Arrived> batch) {
    batch.forEach(
        a -> a.answer().completeExceptionally(new NotLeaderException("Leadership was lost.")));
  }

  private void failWaiting() {
    List<Arrived> rest = new ArrayList<>();
    queue.drainTo(rest);
    fail(rest);
  }

  /** Stops deciding at once; whoever waits for an answer hears that this is not the leader. */
  @Override
  public void close() {
    closed = true;
    if (Thread.currentThread() != thread) {
      thread.interrupt();
    }
    failWaiting();
  }
}
