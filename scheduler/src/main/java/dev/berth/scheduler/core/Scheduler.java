package dev.berth.scheduler.core;

import dev.berth.scheduler.core.explain.Explanations;
import dev.berth.scheduler.core.gang.Witnesses;
import dev.berth.scheduler.core.model.Placement;
import dev.berth.scheduler.core.model.Request;
import dev.berth.scheduler.core.pack.Choosing;
import dev.berth.scheduler.core.pack.NodeIndex;
import dev.berth.scheduler.core.pack.Ranking;
import dev.berth.scheduler.core.pack.SupplyDemand;
import dev.berth.scheduler.core.queue.Positions;
import dev.berth.scheduler.core.quota.Quotas;
import dev.berth.scheduler.core.reserve.Outlook;
import dev.berth.scheduler.core.reserve.Renewal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The decisions, as a pure function: the same state, event and time give the same state and
 * effects. One thread calls it; anyone may read the states that it returns.
 */
public final class Scheduler implements Step {
  /** So many waiting requests have a reservation at a time. */
  public static final int RESERVATIONS = 8;

  private final long nodeTimeoutNanos;
  private final int reservations;
  private final QueueOrder order;

  /** They remember, but only what follows from the states that they are shown. */
  private SupplyDemand supplyDemand = SupplyDemand.UNKNOWN;

  private final Witnesses witnesses = new Witnesses();

  private Choosing choosing = new NodeIndex(Ranking.by(SupplyDemand.UNKNOWN));

  /** A node that was silent for longer than {@code nodeTimeoutNanos} is lost. */
  public Scheduler(long nodeTimeoutNanos) {
    this(nodeTimeoutNanos, RESERVATIONS, QueueOrder.ARRIVAL);
  }

  /** With {@code reservations} = 0 whatever fits may start, and large requests may starve. */
  public Scheduler(long nodeTimeoutNanos, int reservations) {
    this(nodeTimeoutNanos, reservations, QueueOrder.ARRIVAL);
  }

  public Scheduler(long nodeTimeoutNanos, int reservations, QueueOrder order) {
    this.order = order;
    this.nodeTimeoutNanos = nodeTimeoutNanos;
    this.reservations = reservations;
  }

  /** {@code now} is in unix nanoseconds and never goes back. */
  @Override
  public Decision step(State state, Event event, long now) {
    Draft draft = new Draft(state);
    rankBy(state.supplyDemand());
    switch (event) {
      case Event.Place place -> place(draft, place, now);
      case Event.Release release -> release(draft, release.placementId());
      case Event.NodeRegistered registered -> NodeEvents.registered(draft, registered);
      case Event.Heartbeat heartbeat -> NodeEvents.heartbeat(draft, heartbeat, now);
      case Event.NodeLost lost -> NodeEvents.lost(draft, lost.node());
      case Event.DeviceHealth health -> NodeEvents.health(draft, health);
      case Event.LeaseGone gone -> gone(draft, gone, now);
      case Event.Tick tick -> {
        NodeEvents.silent(draft, now, nodeTimeoutNanos);
        Survey.refresh(draft, now);
        Preemption.coolDown(draft, now);
        reserve(draft, now);
      }
      case Event.ReserveMoves moves -> Moving.reserve(draft, moves, now);
      case Event.PublishFlavors publish -> publish(draft, publish);
      case Event.PublishQuotas publish -> publish(draft, publish);
    }
    if (draft.state().retry()) {
      WaitingQueue.retry(draft, choosing, order, now);
    }
    PastUse.record(draft, state.book(), now);
    return draft.decision();
  }

  public long nodeTimeoutNanos() {
    return nodeTimeoutNanos;
  }

  public int reservations() {
    return reservations;
  }

  public QueueOrder order() {
    return order;
  }

  /** The order in which this scheduler would place what waits, at a time in unix nanoseconds. */
  public Positions positions(long now) {
    return new Positions(order, now);
  }

  private void rankBy(SupplyDemand now) {
    if (now != supplyDemand) {
      supplyDemand = now;
      choosing = new NodeIndex(Ranking.by(now));
    }
  }

  private void place(Draft draft, Event.Place event, long now) {
    Request request = event.request();
    Placement known = draft.state().placements().get(request.id());
    Outcome outcome =
        known == null
            ? decide(draft, request, event.preferred(), now)
            : Explanations.repeated(draft.state(), known, request, positions(now));
    draft.emit(new Effect.PlaceAnswered(outcome));
  }

  private Outcome decide(Draft draft, Request request, List<String> preferred, long now) {
    Outcome.Rejected invalid = Explanations.invalid(request);
    if (invalid != null) {
      return invalid;
    }
    return switch (Admission.of(choosing, draft.state(), request, preferred, now)) {
      case Admission.Fits fits -> new Outcome.Placed(draft.commit(request, now, fits.trial(), now));
      case Admission.NoRoom room -> queue(draft, request, room, now);
      case Admission.OverQuota quota -> queue(draft, request, quota, now);
    };
  }

  private Outcome queue(Draft draft, Request request, Admission refused, long now) {
    Outcome.@Nullable Rejected impossible =
        witnesses.mayFit(draft.state().nodes(), request)
            ? null
            : Explanations.impossible(draft.state(), request);
    if (impossible != null) {
      return impossible;
    }
    Placement.Waiting waiting = new Placement.Waiting(request, now);
    draft.save(waiting);
    Outcome.Waiting answer = Explanations.waiting(draft.state(), waiting, refused, positions(now));
    Preemption.attempt(draft, waiting, now);
    return answer;
  }

  private static void release(Draft draft, String id) {
    switch (draft.state().placements().get(id)) {
      case null -> draft.emit(new Effect.ReleaseAnswered(true));
      case Placement.Waiting waiting -> {
        draft.remove(waiting);
        if (waiting.nomination() != null) {
          draft.retryLater(); // What was kept for it is there for others.
        }
        draft.emit(new Effect.ReleaseAnswered(true));
      }
      case Placement.Placed placed -> {
        draft.release(placed, null);
        draft.emit(new Effect.ReleaseAnswered(false));
      }
      case Placement.Releasing releasing -> draft.emit(new Effect.ReleaseAnswered(false));
    }
  }

  /** Devices become free when the last lease of the placement is gone, never in part. */
  private static void gone(Draft draft, Event.LeaseGone event, long now) {
    String id = Request.placementOf(event.leaseId());
    if (!(draft.state().placements().get(id) instanceof Placement.Releasing releasing)
        || !NodeEvents.holds(releasing, event.leaseId(), event.node())) {
      return;
    }
    Placement.Releasing rest = releasing.gone(event.leaseId());
    if (rest.pending().isEmpty()) {
      draft.remove(rest);
      if (!Moving.moved(draft.state(), id)) {
        learn(draft, rest.placed(), now);
      }
      draft.retryLater();
    } else {
      draft.put(draft.state().with(rest));
    }
  }

  private static void learn(Draft draft, Placement.Placed ended, long now) {
    Outlook outlook = draft.state().outlook();
    long ran = now - ended.placedNanos();
    draft.put(draft.state().withOutlook(outlook.learn(ended.request(), ran)));
  }

  /** Where reservations changed, others may start, or those that have one. */
  private void reserve(Draft draft, long now) {
    if (reservations == 0 || !Renewal.due(draft.state(), now)) {
      return;
    }
    Outlook before = draft.state().outlook();
    Outlook after = before.with(Renewal.of(draft.state(), now, reservations), now);
    draft.put(draft.state().withOutlook(after));
    if (!after.reservations().equals(before.reservations())) {
      draft.retryLater();
    }
  }

  private static void publish(Draft draft, Event.PublishFlavors event) {
    draft.put(draft.state().withFlavors(event.flavors()));
    draft.emit(new Effect.FlavorsSaved(event.flavors()));
  }

  private static void publish(Draft draft, Event.PublishQuotas event) {
    State state = draft.state();
    Quotas quotas = event.quotas().quotas();
    draft.put(state.under(quotas, state.book().history(), state.book().spared()));
    draft.emit(new Effect.QuotasSaved(quotas));
    draft.retryLater();
  }
}
