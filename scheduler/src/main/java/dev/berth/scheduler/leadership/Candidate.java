package dev.berth.scheduler.leadership;

import dev.berth.scheduler.core.State;
import dev.berth.scheduler.core.Step;
import dev.berth.scheduler.store.Commit;
import dev.berth.scheduler.store.PlacementStore;
import dev.berth.scheduler.store.Term;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.recipes.leader.LeaderLatch;
import org.apache.curator.framework.recipes.leader.LeaderLatchListener;
import org.apache.zookeeper.Watcher;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands for leadership. Elected, it begins a term (which fences the former leader), reads the
 * store, and serves; when the latch or the connection is lost, or a commit is not durable, it
 * leaves at once and stands again. The others look at it by the {@code id} that it stands with:
 * "name@host:port" of where it listens.
 */
public final class Candidate implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Candidate.class);
  private static final long RETRY_MILLIS = 300;
  private static final long FOLLOW_SECONDS = 1;

  private final CuratorFramework curator;
  private final String latchPath;
  private final String id;
  private final PlacementStore store;
  private final Step scheduler;
  private final LongSupplier clock;
  private final ActiveTerm active;
  private final List<DecisionObserver> observers;
  private final StandbyFollower follower;
  private final LeaderProbe probe;
  private final AtomicLong epochFloor = new AtomicLong(1);
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("leadership").daemon().factory());
  private volatile @Nullable LeaderLatch latch;

  /** {@code scheduler} makes one for each thread that decides. */
  public Candidate(
      CuratorFramework curator,
      String root,
      String id,
      PlacementStore store,
      Supplier<? extends Step> scheduler,
      LongSupplier clock,
      ActiveTerm active,
      List<DecisionObserver> observers) {
    this.curator = curator;
    this.latchPath = root + "/leader";
    this.id = id;
    this.store = store;
    this.scheduler = scheduler.get();
    this.clock = clock;
    this.active = active;
    this.observers = List.copyOf(observers);
    this.follower = new StandbyFollower(store, scheduler.get());
    this.probe = new LeaderProbe(curator, latchPath, id);
  }

  public void start() {
    thread.execute(this::stand);
    probe.start();
    var _ = thread.scheduleWithFixedDelay(this::follow, 0, FOLLOW_SECONDS, TimeUnit.SECONDS);
  }

  /** An agent has seen a later epoch than ours: lead, if at all, above it. */
  public void outrun(long seenEpoch) {
    epochFloor.accumulateAndGet(seenEpoch + 1, Math::max);
    LOG.atWarn()
        .addKeyValue("seen", seenEpoch)
        .log("An agent has seen a later epoch; standing anew.");
    resign();
  }

  private void stand() {
    try {
      LeaderLatch next = new LeaderLatch(curator, latchPath, id);
      next.addListener(new Listener(next));
      latch = next;
      next.start();
    } catch (Exception e) { // Curator declares Exception.
      LOG.atWarn().setCause(e).log("Could not stand for leadership; trying again.");
      resign();
    }
  }

  private final class Listener implements LeaderLatchListener {
    private final LeaderLatch mine;

    Listener(LeaderLatch mine) {
      this.mine = mine;
    }

    @Override
    public void isLeader() {
      thread.execute(() -> begin(mine));
    }

    /** Called on the connection's thread: what must stop, stops here and now. */
    @Override
    public void notLeader() {
      active.leave();
    }
  }

  private void begin(LeaderLatch mine) {
    if (!mine.equals(latch) || !mine.hasLeadership()) {
      return;
    }
    try {
      long started = System.nanoTime();
      Term term = store.begin(epochFloor.get());
      State state = store.load().restore(term.epoch(), clock.getAsLong());
      DecisionLoop decisions =
          new DecisionLoop(
              scheduler, store, term, state, Window.STANDARD, clock, observers, this::commitFailed);
      active.enter(decisions);
      decisions.start();
      watchOwnPlace(mine);
      logTerm(term, state, System.nanoTime() - started);
      if (!mine.hasLeadership()) {
        active.leave();
      }
    } catch (RuntimeException e) {
      LOG.atError().setCause(e).log("Elected, but could not begin a term; standing anew.");
      resign();
    }
  }

  /** Another candidate that took this one for dead deletes its node. */
  private void watchOwnPlace(LeaderLatch mine) {
    try {
      Watcher gone =
          event -> {
            if (event.getType() == Watcher.Event.EventType.NodeDeleted && mine.equals(latch)) {
              LOG.atWarn().log("The place among the candidates was taken away; standing anew.");
              resign();
            }
          };
      if (curator.checkExists().usingWatcher(gone).forPath(mine.getOurPath()) == null) {
        resign();
      }
    } catch (Exception e) { // Curator declares Exception.
      LOG.atWarn().setCause(e).log("Cannot watch the place among the candidates; standing anew.");
      resign();
    }
  }

  private static void logTerm(Term term, State state, long nanos) {
    LOG.atInfo()
        .addKeyValue("epoch", term.epoch())
        .addKeyValue("placements", state.placements().size())
        .addKeyValue("nodes", state.nodes().size())
        .addKeyValue("millis", TimeUnit.NANOSECONDS.toMillis(nanos))
        .log("Leading.");
  }

  private void commitFailed(Commit commit) {
    switch (commit) {
      case Commit.Durable durable -> {} // The loop was closed meanwhile: nothing to add.
      case Commit.OutOfOrder late ->
          LOG.atWarn().log("A commit overtook a lost one; stepping down.");
      case Commit.StaleEpoch stale -> LOG.atWarn().log("A later leader exists; stepping down.");
      case Commit.Unknown unknown ->
          LOG.atWarn().setCause(unknown.cause()).log("A commit may be lost; stepping down.");
    }
    active.leave();
    resign();
  }

  private void resign() {
    active.leave();
    if (!thread.isShutdown()) {
      thread.execute(this::closeLatch);
      var _ = thread.schedule(this::stand, RETRY_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void closeLatch() {
    LeaderLatch old = latch;
    latch = null;
    if (old != null) {
      try {
        old.close();
      } catch (IOException | IllegalStateException e) {
        LOG.atDebug().setCause(e).log("The latch was closed already.");
      }
    }
  }

  private void follow() {
    if (active.current() == null && curator.getZookeeperClient().isConnected()) {
      follower.catchUp(clock.getAsLong());
    }
  }

  @Override
  public void close() {
    active.leave();
    probe.close();
    closeLatch();
    thread.shutdownNow();
  }
}
