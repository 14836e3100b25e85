package dev.berth.agent.turns.runtime;

import dev.berth.agent.turns.core.TurnEvent;
import dev.berth.agent.turns.quota.Allowance;
import dev.berth.agent.turns.quota.Draw;
import dev.berth.agent.turns.quota.DrawAnswer;
import dev.berth.agent.turns.quota.QuotaKeeper;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries draws and settlements to the keeper of the quota, again and again until they are
 * answered. What is said has always been made durable before.
 */
public final class QuotaLink implements TurnEngine.Draws, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(QuotaLink.class);
  private static final Duration RETRY = Duration.ofMillis(500);

  private final QuotaKeeper keeper;
  private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();
  private final Set<String> asking = ConcurrentHashMap.newKeySet();
  private final Map<String, Allowance> told = new HashMap<>();
  private boolean complained;

  public QuotaLink(QuotaKeeper keeper) {
    this.keeper = keeper;
  }

  @Override
  public void ask(TurnEngine engine, Draw draw) {
    if (asking.add(draw.drawId()) && !calls.isShutdown()) {
      calls.execute(() -> askUntilAnswered(engine, draw));
    }
  }

  private void askUntilAnswered(TurnEngine engine, Draw draw) {
    while (!calls.isShutdown()) {
      try {
        engine.sync();
        DrawAnswer answer = keeper.draw(draw);
        asking.remove(draw.drawId());
        engine.handle(new TurnEvent.Drawn(draw.drawId(), answer));
        return;
      } catch (RuntimeException e) {
        LOG.atDebug()
            .addKeyValue("draw", draw.drawId())
            .setCause(e)
            .log("A draw is not answered; asking again.");
        if (!pause()) {
          return;
        }
      }
    }
  }

  private static boolean pause() {
    try {
      Thread.sleep(RETRY);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Asks for the rules by tier; while nobody answers, the last ones hold. */
  public void refresh(TurnEngine engine) {
    try {
      engine.handle(new TurnEvent.PolicyHeard(keeper.rules()));
    } catch (RuntimeException e) {
      LOG.atDebug().setCause(e).log("The quota policy cannot be had now; the last one holds.");
    }
  }

  /** Tells what was spent since it was told last; by one thread, now and then. */
  public void settle(TurnEngine engine) {
    Map<String, Allowance> held = engine.state().book().escrow().allowances();
    told.keySet().retainAll(new HashSet<>(held.keySet()));
    List<Allowance> news = held.values().stream().filter(this::isNews).toList();
    if (news.isEmpty()) {
      return;
    }
    try {
      engine.sync();
      List<String> settled = keeper.settle(news);
      news.forEach(a -> told.put(a.drawId(), a));
      complained = false;
      if (!settled.isEmpty()) {
        engine.handle(new TurnEvent.Settled(settled));
      }
    } catch (RuntimeException e) {
      complain(e);
    }
  }

  /** A closing is told until it is acknowledged. */
  private boolean isNews(Allowance a) {
    Allowance before = told.get(a.drawId());
    return a.closed() || (before == null ? a.usedNanos() > 0 : before.usedNanos() != a.usedNanos());
  }

  private void complain(RuntimeException e) {
    if (!complained) {
      LOG.atWarn()
          .addKeyValue("cause", e.toString())
          .log("What visitors used cannot be told to the scheduler now; trying until it can.");
    }
    complained = true;
  }

  @Override
  public void close() {
    calls.shutdownNow();
  }
}
