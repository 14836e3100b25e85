package dev.berth.turns.queue;

import dev.berth.turns.model.Turn;
import dev.berth.turns.queue.QueueEvent.Bind;
import dev.berth.turns.queue.QueueEvent.Cancel;
import dev.berth.turns.queue.QueueEvent.DeviceDown;
import dev.berth.turns.queue.QueueEvent.DeviceUp;
import dev.berth.turns.queue.QueueEvent.Offer;
import dev.berth.turns.queue.QueueEvent.Release;
import dev.berth.turns.queue.QueueEvent.SeatsChanged;
import dev.berth.turns.queue.QueueEvent.ServedElsewhere;
import dev.berth.turns.queue.QueueEvent.WorkerGone;
import dev.berth.turns.queue.QueueState.Ticket;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

/**
 * The fair queue of turns: multi-queue fair queueing that prefers warm workers (after MQFQ-Sticky).
 * A flow is an account. Each flow has a tag, its virtual time: the device time it was charged for
 * over its weight. A flow may be granted a device while its tag is within a window of the smallest
 * tag waiting for the same node; among those the turn goes first that is least ahead, warm, short,
 * and pushes little out. {@link QueuePolicy#lagBoundNanos} is what this guarantees.
 */
public final class FairQueue {
  /** The state after an event, and what is to be done, in order. */
  public record Decision(QueueState state, List<Grant> grants) {}

  private FairQueue() {}

  /**
   * A pure function.
   *
   * @param now unix nanoseconds, not before that of the last step
   */
  public static Decision step(QueueState state, QueueEvent event, long now) {
    Draft draft = new Draft(state, now);
    switch (event) {
      case Offer e -> offer(draft, e.turn());
      case Release e -> end(draft, e.turn(), e.ranNanos());
      case Cancel e -> cancel(draft, e.turn());
      case Bind e -> bind(draft, e);
      case SeatsChanged e -> seats(draft, e);
      case DeviceUp e -> up(draft, e);
      case DeviceDown e -> draft.device(e.device(), d -> d.up(false));
      case WorkerGone e -> draft.device(e.device(), d -> d.without(e.space()));
      case ServedElsewhere e -> served(draft, e);
    }
    Dispatch.run(draft);
    return new Decision(draft.state(), List.copyOf(draft.grants));
  }

  private static void offer(Draft draft, Turn turn) {
    if (draft.state().knows(turn.id())) {
      return;
    }
    long halfLife = draft.state().policy().demandHalfLifeNanos();
    draft.space(
        turn.space(),
        s ->
            s.called(
                turn.loadNanos(), turn.declaredNanos(), s.demand().called(draft.now, halfLife)));
    resume(draft, turn.account(), turn.weight());
    draft.enqueue(turn);
  }

  /** A flow that has nothing waiting catches up with virtual time, but for its credit. */
  private static void resume(Draft draft, String account, int weight) {
    Flow known = draft.state().flow(account);
    if (known != null && known.waits()) {
      return;
    }
    TreeSet<Integer> nodes = new TreeSet<>();
    draft.state().devices().values().forEach(d -> nodes.add(d.device().node()));
    VirtualTime.advance(draft, VirtualTime.floors(draft.state(), nodes));
    long from = VirtualTime.resumeAt(draft.state(), weight);
    Flow flow = known == null ? Flow.startingAt(from, weight) : known.notBefore(from);
    VirtualTime.forgetIdle(draft);
    draft.flows(draft.state().flows().with(account, flow));
  }

  private static void end(Draft draft, String id, long ranNanos) {
    Running running = draft.state().running().get(id);
    if (running == null || !running.granted()) {
      return;
    }
    draft.space(running.turn().space(), s -> s.ran(ranNanos));
    free(draft, running, running.turn().cost(draft.now - running.since()));
  }

  private static void cancel(Draft draft, String id) {
    Ticket ticket = draft.state().waiting().get(id);
    if (ticket != null) {
      draft.dequeue(ticket);
      return;
    }
    Running running = draft.state().running().get(id);
    if (running != null) {
      long cost = running.granted() ? running.turn().cost(draft.now - running.since()) : 0;
      free(draft, running, cost);
    }
  }

  private static void free(Draft draft, Running running, long cost) {
    Turn turn = running.turn();
    draft.running(draft.state().running().without(turn.id()));
    draft.flow(turn.account(), f -> f.charged(cost - running.chargedNanos()).running(-1));
    draft.space(turn.space(), s -> s.running(-1));
    for (int index : running.devices()) {
      DeviceState device = Objects.requireNonNull(draft.state().devices().get(index));
      if (turn.id().equals(device.next())) {
        draft.device(index, d -> d.promisedTo(null));
      } else {
        passOn(draft, index, device);
      }
    }
  }

  /** To the xlarge turn that waits for this half of its pair, else to whoever is next. */
  private static void passOn(Draft draft, int index, DeviceState device) {
    String next = device.next();
    draft.device(index, d -> d.heldBy(next).promisedTo(null));
    Running waiting = next == null ? null : draft.state().running().get(next);
    if (waiting != null) {
      Dispatch.grantIfAllFree(draft, waiting);
    }
  }

  private static void bind(Draft draft, Bind event) {
    Ticket ticket = draft.state().waiting().get(event.turn());
    if (ticket != null && ticket.turn().node() != event.node()) {
      draft.requeue(ticket, ticket.turn().boundTo(event.node()));
    }
  }

  private static void seats(Draft draft, SeatsChanged event) {
    draft.space(event.space(), s -> s.seatedOn(new TreeSet<>(event.nodes())));
  }

  private static void up(Draft draft, DeviceUp event) {
    int index = event.device().index();
    DeviceState known = draft.state().devices().get(index);
    DeviceState device = known == null ? DeviceState.of(event.device()) : known.up(true);
    draft.devices(draft.state().devices().with(index, device));
  }

  private static void served(Draft draft, ServedElsewhere event) {
    resume(draft, event.account(), event.weight());
    draft.flow(event.account(), f -> f.charged(event.costNanos()));
    draft.advanceTo(event.virtualTime());
  }
}
