package dev.berth.scheduler.zerogpu;

import dev.berth.scheduler.leadership.DecisionLoop;
import dev.berth.scheduler.leadership.NotLeaderException;
import dev.berth.scheduler.leadership.TermListener;
import dev.berth.scheduler.store.QuotaStore;
import dev.berth.turns.quota.QuotaEffect;
import dev.berth.turns.quota.QuotaEvent;
import dev.berth.turns.quota.QuotaState;
import dev.berth.turns.quota.QuotaStep;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Keeps quotas during the terms that this process leads. */
public final class QuotaTerms implements TermListener {
  private final QuotaStep quotas;
  private final QuotaStore store;
  private final LongSupplier clock;
  private final CreditLedger ledger;
  private final QuotaObserver observer;
  private final Consumer<Boolean> serving;
  private volatile @Nullable QuotaLoop current;

  /** {@code serving} hears whether this process answers calls about quotas. */
  public QuotaTerms(
      QuotaStep quotas,
      QuotaStore store,
      LongSupplier clock,
      CreditLedger ledger,
      QuotaObserver observer,
      Consumer<Boolean> serving) {
    this.quotas = quotas;
    this.store = store;
    this.clock = clock;
    this.ledger = ledger;
    this.observer = observer;
    this.serving = serving;
  }

  @Override
  public void leading(DecisionLoop decisions) {
    begin(decisions.epoch());
  }

  synchronized void begin(long epoch) {
    notLeading();
    QuotaLoop[] self = new QuotaLoop[1];
    QuotaLoop loop =
        new QuotaLoop(
            quotas, store, epoch, clock, ledger, observer, ready -> serving(self[0], ready));
    self[0] = loop;
    current = loop;
    loop.start();
  }

  private synchronized void serving(@Nullable QuotaLoop loop, boolean ready) {
    if (loop != null && loop.equals(current)) {
      serving.accept(ready);
    }
  }

  @Override
  public synchronized void notLeading() {
    QuotaLoop loop = current;
    if (loop != null) {
      current = null;
      serving.accept(false);
      loop.close();
    }
  }

  /** The effect that answers {@code event}, once it is durable. */
  public CompletableFuture<QuotaEffect> submit(QuotaEvent event) {
    return leading().submit(event);
  }

  /** The last durable state, or {@link NotLeaderException}. */
  public QuotaState state() {
    return leading().state();
  }

  /** The last durable state; null if this process does not keep quotas. */
  public @Nullable QuotaState stateIfLeading() {
    try {
      QuotaLoop loop = current;
      return loop == null ? null : loop.state();
    } catch (NotLeaderException e) {
      return null;
    }
  }

  private QuotaLoop leading() {
    QuotaLoop loop = current;
    if (loop == null) {
      throw new NotLeaderException("This scheduler is a standby; ask the leader.");
    }
    return loop;
  }
}
