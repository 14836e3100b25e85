package dev.berth.scheduler.leadership;

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
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The one thread that decides during one term. It takes events in order and lets the core step at
 * once, ahead of the store; what was decided goes through a {@link Pipeline}, and only when its
 * commit is durable the state is published and the answers leave, in order. The first commit that
 * is not durable ends the loop: nothing after it is answered.
 */
public final class DecisionLoop implements AutoCloseable {
  private static final int QUEUE = 8192;
  private static final long TICK_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final String LOST = "Leadership was lost.";

  private final Step scheduler;
  private final Term term;
  private final LongSupplier clock;
  private final List<DecisionObserver> observers;
  private final Consumer<Commit> failed;
  private final BlockingQueue<Arrived> queue = new ArrayBlockingQueue<>(QUEUE);
  private final Pipeline pipeline;
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
      Window window,
      LongSupplier clock,
      List<DecisionObserver> observers,
      Consumer<Commit> failed) {
    this.scheduler = scheduler;
    this.term = term;
    this.state = start;
    this.clock = clock;
    this.observers = List.copyOf(observers);
    this.failed = failed;
    this.thread = Thread.ofPlatform().name("decisions-" + term.epoch()).unstarted(this::run);
    this.pipeline = new Pipeline(store, term, window, new Group(start), this::wake);
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
    return enqueue(Arrived.of(event));
  }

  /** Runs {@code task} between decisions, so it sees a state and misses nothing after it. */
  public CompletableFuture<List<Effect>> between(Runnable task) {
    return enqueue(Arrived.of(task));
  }

  private CompletableFuture<List<Effect>> enqueue(Arrived arrived) {
    if (closed || !queue.offer(arrived)) {
      String why = closed ? "This scheduler does not lead" : "The decision queue is full";
      arrived.refuse(why + "; try again.");
    } else if (closed) {
      refuseWaiting();
    }
    wake();
    return arrived.answer();
  }

  private void wake() {
    LockSupport.unpark(thread);
  }

  private void run() {
    try {
      while (!closed) {
        tick();
        if (!turn()) {
          LockSupport.parkNanos(this, lastTick + TICK_NANOS - System.nanoTime());
        }
      }
    } catch (RuntimeException e) {
      // A broken invariant: nothing of this turn was answered; step down rather than guess.
      fail(new Commit.Unknown(e));
    } finally {
      abandon();
    }
  }

  private void tick() {
    if (System.nanoTime() - lastTick >= TICK_NANOS) {
      lastTick = System.nanoTime();
      var _ = queue.offer(Arrived.of(new Event.Tick())); // Full: the next one will do.
    }
  }

  /**
   * Answers what is durable, decides what waits, as far as the window goes, and sends it; answers
   * whether more can be done at once. A simulation calls this in place of {@link #start}; ticks are
   * then events of the caller.
   */
  public boolean turn() {
    settle();
    while (!closed && pipeline.hasRoom() && !queue.isEmpty()) {
      decide(queue.remove());
    }
    if (!closed) {
      pipeline.send();
      settle();
    }
    return !closed && pipeline.hasRoom() && !queue.isEmpty();
  }

  private void decide(Arrived arrived) {
    Group open = pipeline.open();
    if (arrived.task() != null) {
      open.end(arrived);
    } else {
      open.add(arrived, scheduler.step(open.state(), arrived.event(), clock.getAsLong()));
    }
  }

  private void settle() {
    Commit fate = pipeline.fate();
    while (fate != null && !closed) {
      if (fate instanceof Commit.Durable) {
        publish(pipeline.land());
        fate = pipeline.fate();
      } else {
        fail(fate);
      }
    }
  }

  private void publish(Group group) {
    State now = group.state();
    state = now;
    for (Group.Decided one : group.decided()) {
      Arrived arrived = one.arrived();
      if (arrived.task() != null) {
        arrived.task().run();
      } else {
        long nanos = System.nanoTime() - arrived.nanos();
        observers.forEach(o -> o.decided(now, arrived.event(), one.effects(), nanos));
      }
      arrived.answer().complete(one.effects());
    }
    observers.forEach(DecisionObserver::settled);
  }

  /** Unless deposed meanwhile: what was written shows when the store is read again. */
  private void fail(Commit commit) {
    if (!closed) {
      closed = true;
      failed.accept(commit);
      abandon();
    }
  }

  private void abandon() {
    pipeline.abandon().forEach(arrived -> arrived.refuse(LOST));
    refuseWaiting();
  }

  private void refuseWaiting() {
    List<Arrived> rest = new ArrayList<>();
    queue.drainTo(rest);
    rest.forEach(arrived -> arrived.refuse(LOST));
  }

  /** Stops deciding at once; whoever waits for an answer hears that this is not the leader. */
  @Override
  public void close() {
    closed = true;
    if (thread.isAlive()) {
      refuseWaiting();
      wake();
    } else {
      abandon();
    }
  }
}
