package dev.berth.scheduler.zerogpu;

import dev.berth.scheduler.leadership.NotLeaderException;
import dev.berth.scheduler.store.Commit;
import dev.berth.scheduler.store.QuotaStore;
import dev.berth.turns.quota.QuotaDecision;
import dev.berth.turns.quota.QuotaEffect;
import dev.berth.turns.quota.QuotaEvent;
import dev.berth.turns.quota.QuotaState;
import dev.berth.turns.quota.QuotaStep;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that changes quotas during one term: reads the store, then takes events in order,
 * lets the core step, makes the writes of all events that wait together durable by one commit, and
 * only then answers. A commit that may be lost makes it begin anew: it reads what is there under a
 * new fence.
 */
final class QuotaLoop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(QuotaLoop.class);
  private static final int QUEUE = 8_192;
  private static final int BATCH = 128;
  private static final long RETRY_MILLIS = 300;
  private static final long TICK_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final QuotaStep quotas;
  private final QuotaStore store;
  private final long epoch;
  private final LongSupplier clock;
  private final LedgerCalls ledger;
  private final QuotaObserver observer;
  private final Consumer<Boolean> serving;
  private final BlockingQueue<Arrival> queue = new ArrayBlockingQueue<>(QUEUE);
  private final Waiters waiters = new Waiters();
  private final Thread thread;
  private volatile boolean closed;
  private volatile @Nullable QuotaState state;
  private long lastTick;

  /** {@code serving} hears when calls are answered, and when not any more. */
  QuotaLoop(
      QuotaStep quotas,
      QuotaStore store,
      long epoch,
      LongSupplier clock,
      CreditLedger ledger,
      QuotaObserver observer,
      Consumer<Boolean> serving) {
    this.quotas = quotas;
    this.store = store;
    this.epoch = epoch;
    this.clock = clock;
    this.ledger = new LedgerCalls(ledger, event -> queue.offer(Arrival.internal(event)));
    this.observer = observer;
    this.serving = serving;
    this.thread = Thread.ofPlatform().name("quotas-" + epoch).daemon().unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** The last durable state. */
  QuotaState state() {
    QuotaState current = state;
    if (current == null || closed) {
      throw notLeading();
    }
    return current;
  }

  /** The effect that answers {@code event}, once it is durable. */
  CompletableFuture<QuotaEffect> submit(QuotaEvent event) {
    Arrival arrival = Arrival.of(event);
    if (closed || state == null || !queue.offer(arrival)) {
      arrival.answer().completeExceptionally(notLeading());
    } else if (closed || state == null) {
      failQueued();
    }
    return arrival.answer();
  }

  private void run() {
    while (!closed) {
      try {
        serve(store.begin(epoch));
      } catch (QuotaStore.NotTheTermException e) {
        LOG.atInfo().addKeyValue("epoch", epoch).log("A later leader keeps the quotas.");
        closed = true;
      } catch (InterruptedException e) {
        closed = true;
      } catch (RuntimeException e) {
        if (!closed) {
          LOG.atWarn().setCause(e).log("Quotas cannot be kept now; reading them anew.");
        }
      } finally {
        pause();
      }
    }
  }

  private void serve(QuotaStore.Tenure tenure) throws InterruptedException {
    QuotaState read = QuotaState.of(tenure.saved());
    state = read;
    LOG.atInfo()
        .addKeyValue("epoch", epoch)
        .addKeyValue("visitors", read.visitors().size())
        .log("Keeping quotas.");
    serving.accept(true);
    lastTick = System.nanoTime() - TICK_NANOS;
    while (!closed && decide(tenure, nextBatch())) {}
  }

  private void pause() {
    state = null;
    serving.accept(false);
    failQueued();
    waiters.fail(notLeading());
    ledger.forget();
    try {
      if (!closed) {
        Thread.sleep(RETRY_MILLIS);
      }
    } catch (InterruptedException e) {
      closed = true;
    }
  }

  private List<Arrival> nextBatch() throws InterruptedException {
    long untilTick = lastTick + TICK_NANOS - System.nanoTime();
    Arrival first = untilTick <= 0 ? null : queue.poll(untilTick, TimeUnit.NANOSECONDS);
    List<Arrival> batch = new ArrayList<>();
    if (first == null) {
      lastTick = System.nanoTime();
      batch.add(Arrival.internal(new QuotaEvent.Tick()));
    } else {
      batch.add(first);
      queue.drainTo(batch, BATCH - 1);
    }
    return batch;
  }

  /** False if the writes may be lost. */
  private boolean decide(QuotaStore.Tenure tenure, List<Arrival> batch) {
    QuotaState next = state();
    Map<String, QuotaEffect.Write> writes = new LinkedHashMap<>();
    List<List<QuotaEffect>> decided = new ArrayList<>();
    for (Arrival arrival : batch) {
      QuotaDecision decision = quotas.step(next, arrival.event(), clock.getAsLong());
      next = decision.state();
      decided.add(decision.effects());
      for (QuotaEffect effect : decision.effects()) {
        if (effect instanceof QuotaEffect.Write write) {
          writes.put(write.visitor(), write);
        }
      }
    }
    // A deposed leader that does not know it must not answer either, so answers are fenced too.
    boolean silent = writes.isEmpty() && batch.stream().noneMatch(Arrival::called);
    Commit commit = silent ? new Commit.Durable() : tenure.commit(writes.values());
    if (closed || !(commit instanceof Commit.Durable)) {
      batch.forEach(arrival -> arrival.answer().completeExceptionally(notLeading()));
      return false;
    }
    state = next;
    for (int i = 0; i < batch.size(); i++) {
      publish(batch.get(i), decided.get(i));
    }
    return true;
  }

  private void publish(Arrival arrival, List<QuotaEffect> effects) {
    observer.decided(arrival.event(), effects, System.nanoTime() - arrival.nanos());
    ledger.answered(arrival.event());
    waiters.add(arrival, effects);
    for (QuotaEffect effect : effects) {
      switch (effect) {
        case QuotaEffect.Write write -> {} // Done.
        case QuotaEffect.Answered answered -> waiters.answer(arrival, answered);
        case QuotaEffect.SettlementAnswered answered -> arrival.answer().complete(answered);
        case QuotaEffect.Reserve reserve -> ledger.reserve(reserve);
        case QuotaEffect.Charge charge -> ledger.charge(charge);
      }
    }
  }

  private void failQueued() {
    List<Arrival> rest = new ArrayList<>();
    queue.drainTo(rest);
    rest.forEach(arrival -> arrival.answer().completeExceptionally(notLeading()));
  }

  private static NotLeaderException notLeading() {
    return new NotLeaderException("Quotas are kept by the leader; try again.");
  }

  /** Decides nothing more; whoever waits hears that this is not the leader. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    failQueued();
  }
}
