package dev.berth.scheduler.core.queue;

import dev.berth.scheduler.core.QueueOrder;
import dev.berth.scheduler.core.State;
import dev.berth.scheduler.core.model.Placement;
import dev.berth.scheduler.core.quota.Book;
import dev.berth.scheduler.core.quota.Charge;
import dev.berth.scheduler.core.quota.Ledger;
import dev.berth.scheduler.core.quota.WaitingOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The order in which waiting requests will be placed, at a time in unix nanoseconds, if nothing
 * arrives or ends: first those for which devices are being freed; then by priority, share and
 * {@code order}, each placed in thought before the next is sought, and at most {@link #FORESEEN};
 * then all others, of which most are over a quota, by priority and arrival.
 */
public record Positions(QueueOrder order, long now) {
  /** So many placements are foreseen; about a millisecond. */
  public static final int FORESEEN = 256;

  /** 1 = next. {@code waiting} may be one that is not in the queue yet. */
  public int position(State state, Placement.Waiting waiting) {
    Book book = state.book();
    int nominees = book.nominees().size();
    if (waiting.nomination() != null) {
      return book.nominees().rank(waiting.id()) + 1;
    }
    if (byArrival(book)) {
      return nominees + behind(state, waiting, book.nominees().values()) + 1;
    }
    Book with = book.replace(state.placements().get(waiting.id()), waiting);
    List<Placement.Waiting> first = foreseen(state, with, FORESEEN, waiting.id());
    boolean found = !first.isEmpty() && first.getLast().id().equals(waiting.id());
    if (found) {
      return nominees + first.size();
    }
    List<Placement.Waiting> before = new ArrayList<>(book.nominees().values());
    before.addAll(first);
    return before.size() + behind(state, waiting, before) + 1;
  }

  /** Nothing is to be foreseen: the queue is in that order. */
  private boolean byArrival(Book book) {
    return order == QueueOrder.ARRIVAL && book.tree().isEmpty();
  }

  /** How many of the queue come before it by priority and arrival, without those of a list. */
  private static int behind(
      State state, Placement.Waiting waiting, Iterable<Placement.Waiting> without) {
    State.QueueKey key = State.QueueKey.of(waiting);
    int before = state.queue().rank(key);
    for (Placement.Waiting other : without) {
      before -= State.QueueKey.of(other).compareTo(key) < 0 ? 1 : 0;
    }
    return before;
  }

  /** All that wait, in order. */
  public List<Placement.Waiting> all(State state) {
    return first(state, Integer.MAX_VALUE);
  }

  /** The first {@code count} of all that wait. */
  public List<Placement.Waiting> first(State state, int count) {
    List<Placement.Waiting> all = new ArrayList<>(state.book().nominees().values());
    if (!byArrival(state.book())) {
      all.addAll(foreseen(state, state.book(), Math.min(FORESEEN, count - all.size()), ""));
    }
    Set<String> known = new HashSet<>();
    all.forEach(waiting -> known.add(waiting.id()));
    for (String id : state.queue().values()) {
      if (all.size() >= count) {
        break;
      }
      if (!known.contains(id) && state.placements().get(id) instanceof Placement.Waiting waiting) {
        all.add(waiting);
      }
    }
    return all;
  }

  /** Ends with the one of id {@code last} if that is among the first {@code most}. */
  private List<Placement.Waiting> foreseen(State state, Book book, int most, String last) {
    Ledger ledger = new Ledger(book, now);
    book.nominees().values().forEach(nominee -> ledger.charge(Charge.of(nominee.request())));
    WaitingOrder positions =
        new WaitingOrder(ledger, order.withinQueue(state.outlook().durations().means(), now));
    List<Placement.Waiting> first = new ArrayList<>();
    while (first.size() < most && positions.next() instanceof Placement.Waiting next) {
      if (!ledger.admits(Charge.of(next.request()))) {
        positions.refused();
        positions.passLine();
        continue;
      }
      positions.placed(next);
      first.add(next);
      if (next.id().equals(last)) {
        break;
      }
    }
    return first;
  }
}
