package dev.berth.scheduler.simulation;

import dev.berth.scheduler.core.Effect;
import dev.berth.scheduler.store.Commit;
import dev.berth.scheduler.store.Contents;
import dev.berth.scheduler.store.PlacementStore;
import dev.berth.scheduler.store.StoreException;
import dev.berth.scheduler.store.Term;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * One candidate's way to the store, with all that can go wrong on it. Commits travel, arrive in
 * order or not at all, and so do their answers; between any two of these the process may die, or
 * another one begin a term.
 */
final class StorePort implements PlacementStore {
  private static final IOException LOST = new IOException("connection loss");

  /** It takes a while to notice that a connection is gone; another carries what follows. */
  private static final long NOTICE = Agenda.SECOND / 2;

  private final World world;
  private final SimulatedCandidate candidate;
  private boolean reachable = true;
  private long lastArrival;
  private long lastAnswer;
  private int inFlight;

  StorePort(World world, SimulatedCandidate candidate) {
    this.world = world;
    this.candidate = candidate;
  }

  boolean reachable() {
    return reachable && world.storeUp();
  }

  void reach(boolean now) {
    reachable = now;
  }

  @Override
  public Term begin(long atLeast) {
    require();
    Term term = world.shared().begin(atLeast);
    if (world.fault(3)) {
      throw new StoreException("lost after the term began", LOST);
    }
    return term;
  }

  @Override
  public Contents load() {
    require();
    return world.shared().load();
  }

  private void require() {
    if (!reachable() || world.fault(2)) {
      throw new StoreException("unreachable", LOST);
    }
  }

  @Override
  public CompletableFuture<Commit> commit(Term term, long number, List<Effect.Write> writes) {
    CompletableFuture<Commit> answer = new CompletableFuture<>();
    if (++inFlight > 1) {
      world.tally().count(Tally.Kind.COMMITS_IN_FLIGHT_TOGETHER);
    }
    int life = candidate.life();
    if (!reachable() || world.fault(1)) {
      lost(answer, life);
    } else {
      lastArrival = Math.max(lastArrival, world.agenda().now() + travel());
      String what = candidate.name() + " commit " + number + " of epoch " + term.epoch();
      world.agenda().at(lastArrival, what, () -> arrive(term, number, writes, answer, life));
    }
    return answer;
  }

  private void arrive(
      Term term,
      long number,
      List<Effect.Write> writes,
      CompletableFuture<Commit> answer,
      int life) {
    if (!reachable()) {
      lost(answer, life);
      return;
    }
    if (world.fault(2)) {
      world.election().usurp();
    }
    Commit commit = world.shared().commit(term, number, writes).join();
    if (world.fault(1)) {
      world.tally().count(Tally.Kind.COMMITS_OF_UNKNOWN_FATE);
      commit = new Commit.Unknown(LOST);
    }
    if (world.fault(1) && candidate.life() == life) {
      world.tally().count(Tally.Kind.CRASHES_AFTER_COMMIT);
      candidate.crash();
    } else if (world.fault(2)) {
      world.election().usurp();
    }
    answer(answer, commit, travel(), life);
  }

  private void lost(CompletableFuture<Commit> answer, int life) {
    world.tally().count(Tally.Kind.LOST_COMMITS);
    answer(answer, new Commit.Unknown(LOST), world.agenda().between(0, NOTICE), life);
  }

  private void answer(CompletableFuture<Commit> answer, Commit commit, long delay, int life) {
    lastAnswer = Math.max(lastAnswer, world.agenda().now() + delay);
    String what = candidate.name() + " hears " + commit.getClass().getSimpleName();
    world.agenda().at(lastAnswer, what, () -> candidate.deliver(() -> heard(answer, commit, life)));
  }

  private void heard(CompletableFuture<Commit> answer, Commit commit, int life) {
    if (candidate.life() == life) {
      inFlight--;
      answer.complete(commit);
    }
  }

  void reborn() {
    inFlight = 0;
  }

  private long travel() {
    return world.agenda().between(0, world.fault(10) ? Agenda.SECOND / 5 : 5 * Agenda.MILLI);
  }
}
