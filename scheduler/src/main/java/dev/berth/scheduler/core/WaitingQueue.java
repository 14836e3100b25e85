package dev.berth.scheduler.core;

import dev.berth.scheduler.core.model.Placement;
import dev.berth.scheduler.core.model.Policy;
import dev.berth.scheduler.core.model.Request;
import dev.berth.scheduler.core.model.Shape;
import dev.berth.scheduler.core.pack.Choosing;
import dev.berth.scheduler.core.quota.Ledger;
import dev.berth.scheduler.core.quota.WaitingOrder;
import dev.berth.scheduler.core.reserve.Outlook;
import dev.berth.scheduler.core.time.Means;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Tries the waiting placements in their order after something became free. One that does not fit is
 * passed over, so a later one may go first if it fits and delays no reservation (backfill); the
 * first of those that do not fit may take others back.
 */
final class WaitingQueue {
  /** Leases placed in one pass at most, so that one decision stays one small store transaction. */
  static final int MAX_LEASES_PER_PASS = 512;

  /** Searches for victims in one pass at most. */
  private static final int MAX_SEARCHES = 4;

  /** What decides whether a request fits, when devices or a quota are short. */
  private record Kind(List<Shape> members, Policy policy, String queue, String flavor) {}

  private final Draft draft;
  private final Choosing choosing;
  private final QueueOrder order;
  private final long now;
  // Within a pass capacity only shrinks, so a kind of request that failed once fails again.
  private final Set<Kind> failed = new HashSet<>();
  private final Set<Kind> searched = new HashSet<>();
  private int leases;

  private WaitingQueue(Draft draft, Choosing choosing, QueueOrder order, long now) {
    this.draft = draft;
    this.choosing = choosing;
    this.order = order;
    this.now = now;
  }

  static void retry(Draft draft, Choosing choosing, QueueOrder order, long now) {
    draft.put(draft.state().withRetry(false));
    new WaitingQueue(draft, choosing, order, now).pass();
  }

  private void pass() {
    for (Placement.Waiting nominee : draft.state().book().nominees().values()) {
      leases += Nominees.settle(draft, choosing, nominee, now);
      if (!nominee.equals(draft.state().placements().get(nominee.id()))) {
        draft.retryLater(); // What is kept has changed, also for the nominees before it.
      }
    }
    WaitingOrder waiting = waitingOrder();
    for (Placement.Waiting next = waiting.next(); next != null; next = waiting.next()) {
      if (leases > 0 && leases + next.request().members().size() > MAX_LEASES_PER_PASS) {
        draft.retryLater();
        return;
      }
      if (attempt(next)) {
        waiting.placed(next);
      } else {
        waiting.refused();
      }
    }
  }

  private WaitingOrder waitingOrder() {
    State state = draft.state();
    Means means = state.outlook().durations().means();
    return new WaitingOrder(new Ledger(state.book(), now), order.withinQueue(means, now));
  }

  /** True when it is placed. */
  private boolean attempt(Placement.Waiting waiting) {
    Request request = waiting.request();
    if (failed.contains(room(request)) || failed.contains(quota(request))) {
      preempt(waiting);
      return false;
    }
    return switch (Admission.of(choosing, draft.state(), request, now)) {
      case Admission.Fits fits -> {
        draft.commit(request, waiting.createdNanos(), fits.trial(), now);
        leases += request.members().size();
        yield true;
      }
      case Admission.NoRoom none -> refused(waiting, room(request));
      case Admission.OverQuota over -> refused(waiting, quota(request));
    };
  }

  private boolean refused(Placement.Waiting waiting, Kind kind) {
    failed.add(kind);
    preempt(waiting);
    return false;
  }

  private void preempt(Placement.Waiting waiting) {
    Request request = waiting.request();
    Kind kind = new Kind(request.members(), request.policy(), request.queue(), request.flavor());
    if (!draft.state().book().preemptible().isEmpty()
        && searched.size() < MAX_SEARCHES
        && searched.add(kind)) {
      Preemption.attempt(draft, waiting, now);
    }
  }

  /** Room does not depend on who asks, unless some of it is reserved. */
  private Kind room(Request request) {
    Policy policy = request.policy();
    Outlook outlook = draft.state().outlook();
    if (!outlook.reservations().isEmpty()) {
      boolean own = outlook.reservation(request.id()) != null;
      String who = request.account() + (own ? "/" + request.id() : "");
      return new Kind(request.members(), policy, who, request.flavor());
    }
    Policy where =
        new Policy(0, false, "", policy.topology(), policy.regions(), policy.fallbacks(), 0, 0);
    return new Kind(request.members(), where, "", "");
  }

  private static Kind quota(Request request) {
    return new Kind(request.members(), Policy.DEFAULT, request.queue(), request.flavor());
  }
}
