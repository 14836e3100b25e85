package dev.berth.scheduler.zerogpu;

import dev.berth.collect.OrderedMap;
import dev.berth.scheduler.core.Effect;
import dev.berth.scheduler.core.Event;
import dev.berth.scheduler.core.State;
import dev.berth.scheduler.core.defrag.Move;
import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.model.Lease;
import dev.berth.scheduler.core.model.Placement;
import dev.berth.scheduler.leadership.DecisionLoop;
import dev.berth.scheduler.leadership.TermListener;
import dev.berth.turns.seats.SeatAdvice;
import dev.berth.turns.seats.SeatAdvice.Change;
import dev.berth.turns.seats.SeatAdvisor;
import dev.berth.turns.seats.SeatPolicy;
import dev.berth.turns.seats.SeatView;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the seats of Spaces during the terms that this process leads, and advises where they
 * should be. Advice is kept in memory alone; moves are decisions like any other.
 */
public final class SeatTerms implements TermListener, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SeatTerms.class);

  /** A new leader gives agents time to report before it first judges. */
  public static final Duration EVERY = Duration.ofSeconds(2);

  private final SeatPolicy policy;
  private final LoadBoard board;
  private final LongSupplier clock;
  private final SeatObserver observer;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("seats").factory());
  private @Nullable DecisionLoop decisions;
  private volatile @Nullable Advised advised;

  /** What was advised last, and what it was based on. */
  public record Advised(OrderedMap<String, SeatAdvice> advice, SeatView view) {}

  /** {@code clock} gives unix nanoseconds. */
  public SeatTerms(SeatPolicy policy, LoadBoard board, LongSupplier clock, SeatObserver observer) {
    this.policy = policy;
    this.board = board;
    this.clock = clock;
    this.observer = observer;
  }

  /** Looks every {@code every} from now on. */
  public SeatTerms start(Duration every) {
    var _ =
        timer.scheduleWithFixedDelay(
            this::lookGuarded, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    return this;
  }

  @Override
  public synchronized void leading(DecisionLoop loop) {
    notLeading();
    decisions = loop;
  }

  @Override
  public synchronized void notLeading() {
    decisions = null;
    advised = null;
    board.clear();
  }

  /** Empty until the first look of this term. */
  public Optional<Advised> advised() {
    return Optional.ofNullable(advised);
  }

  /** Nodes that the seat should lie on, best first; empty if any node will do. */
  public List<String> preferred(String placement) {
    Advised known = advised;
    return known == null ? List.of() : SeatPlaces.of(known, placement);
  }

  private void lookGuarded() {
    try {
      look();
    } catch (RuntimeException e) {
      LOG.atError().setCause(e).log("Seats could not be looked at; it is tried again.");
    }
  }

  synchronized void look() {
    DecisionLoop loop = decisions;
    if (loop == null) {
      return;
    }
    long now = clock.getAsLong();
    State state = loop.state();
    SeatView view = SeatViews.of(state, board.fresh(now));
    Advised before = advised;
    OrderedMap<String, SeatAdvice> prior = before == null ? OrderedMap.empty() : before.advice();
    SeatAdvisor.Decision decision = SeatAdvisor.step(policy, prior, view, now);
    advised = new Advised(decision.advice(), view);
    observer.advised(prior, decision.advice());
    decision.moves().forEach(move -> reserve(loop, state, move));
  }

  /** A target that is taken by now is refused, and the seat stays. */
  private static void reserve(DecisionLoop loop, State state, Change.Moving moving) {
    move(state, moving)
        .ifPresent(
            move ->
                loop.submit(new Event.ReserveMoves(List.of(move)))
                    .whenComplete((effects, failure) -> tell(moving, effects, failure)));
  }

  private static Optional<Move> move(State state, Change.Moving moving) {
    Placement placement = state.placements().get(moving.placement());
    Node node = state.nodes().get(moving.node());
    if (placement == null || node == null || placement.leases().isEmpty()) {
      return Optional.empty();
    }
    Lease from = placement.leases().getFirst();
    Lease to =
        new Lease(
            from.id(),
            node.name(),
            from.devices(),
            from.cpuMilli(),
            from.memoryMib(),
            Math.ceilDiv(from.cpuMilli(), node.inventory().cpuOvercommit()),
            Math.ceilDiv(from.memoryMib(), node.inventory().memoryOvercommit()));
    return Optional.of(new Move(placement.id(), 0, from, to, 0));
  }

  private static void tell(
      Change.Moving moving, @Nullable List<Effect> effects, @Nullable Throwable failure) {
    boolean reserved =
        effects != null && effects.stream().anyMatch(e -> e instanceof Effect.MovesReserved);
    LOG.atInfo()
        .addKeyValue("placement", moving.placement())
        .addKeyValue("to", moving.node())
        .addKeyValue("reserved", reserved)
        .addKeyValue("failure", failure == null ? "" : failure.toString())
        .log("A seat is moved off a busy node.");
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
