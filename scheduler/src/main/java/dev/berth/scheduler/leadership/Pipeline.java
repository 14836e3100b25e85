package dev.berth.scheduler.leadership;

import dev.berth.scheduler.store.Commit;
import dev.berth.scheduler.store.PlacementStore;
import dev.berth.scheduler.store.Term;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The decisions of one term on their way to the store: one group that still takes decisions, and
 * those in flight, in order. A group is sent when none is in flight, or when it is full and the
 * window has room. Used by one thread.
 */
final class Pipeline {
  private record Flight(Group group, CompletableFuture<Commit> commit) {}

  private final PlacementStore store;
  private final Term term;
  private final Window window;
  private final Runnable landed;
  private final Deque<Flight> flying = new ArrayDeque<>();
  private Group open;
  private long commits;

  /** {@code landed} is called, from any thread, when the fate of a group in flight is known. */
  Pipeline(PlacementStore store, Term term, Window window, Group first, Runnable landed) {
    this.store = store;
    this.term = term;
    this.window = window;
    this.open = first;
    this.landed = landed;
  }

  /** The group that takes the next decision; full when nothing may be decided now. */
  Group open() {
    return open;
  }

  boolean hasRoom() {
    return !open.isFull(window);
  }

  /** Sends what is due. */
  void send() {
    boolean due = flying.isEmpty() || open.isFull(window) && flying.size() < window.commits();
    if (due && !open.isEmpty()) {
      CompletableFuture<Commit> commit =
          open.isSilent()
              ? CompletableFuture.completedFuture(new Commit.Durable())
              : store.commit(term, ++commits, open.writes());
      flying.add(new Flight(open, commit));
      open = new Group(open.state());
      var _ = commit.thenRun(landed);
    }
  }

  /** The fate of the first group in flight; null when it is not known yet. */
  @Nullable Commit fate() {
    Flight first = flying.peek();
    return first == null ? null : first.commit().getNow(null);
  }

  /** Takes the first group out of flight. */
  Group land() {
    return flying.remove().group();
  }

  /** Empties the pipeline; none of it is to be answered. */
  List<Arrived> abandon() {
    List<Arrived> rest = new ArrayList<>();
    flying.forEach(flight -> flight.group().decided().forEach(d -> rest.add(d.arrived())));
    open.decided().forEach(d -> rest.add(d.arrived()));
    flying.clear();
    open = new Group(open.state());
    return rest;
  }
}
