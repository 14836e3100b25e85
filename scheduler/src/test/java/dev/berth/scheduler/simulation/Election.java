package dev.berth.scheduler.simulation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The latch in ZooKeeper: one holder at a time, as ZooKeeper sees it. A holder that was deposed
 * hears of it later, so it may go on as if it led.
 */
final class Election {
  private static final long SESSION = 2 * Agenda.SECOND;
  private final World world;
  private @Nullable SimulatedCandidate holder;
  private int holderLife;
  private boolean called;

  Election(World world) {
    this.world = world;
  }

  boolean held(SimulatedCandidate candidate) {
    return candidate == holder && candidate.life() == holderLife;
  }

  /** Somebody stands, or the latch became free. */
  void call() {
    if (!called) {
      called = true;
      long delay = world.agenda().between(0, Agenda.SECOND / 5);
      world.agenda().after(delay, "election", this::elect);
    }
  }

  private void elect() {
    called = false;
    List<SimulatedCandidate> able = able();
    if (holder == null && able.isEmpty()) {
      call();
    } else if (holder == null) {
      SimulatedCandidate chosen = able.get(world.agenda().random().nextInt(able.size()));
      hold(chosen);
      world.agenda().after(world.delay(), chosen.name() + " hears of it", chosen::elected);
    }
  }

  private List<SimulatedCandidate> able() {
    return world.candidates().stream().filter(SimulatedCandidate::electable).toList();
  }

  private void hold(SimulatedCandidate chosen) {
    holder = chosen;
    holderLife = chosen.life();
    world.agenda().note(chosen.name() + " is elected");
  }

  /** The session of a process that does not reach ZooKeeper ends some time later. */
  void unreachable(SimulatedCandidate candidate) {
    int outage = candidate.outage();
    timeout(
        candidate,
        () -> {
          if (candidate.outage() == outage && !candidate.electable()) {
            expire(candidate);
          }
        });
  }

  /** The process died; its session ends some time later, whoever runs there by then. */
  void died(SimulatedCandidate candidate, int life) {
    timeout(
        candidate,
        () -> {
          if (holder == candidate && holderLife == life) {
            holder = null;
            call();
          }
        });
  }

  private void timeout(SimulatedCandidate candidate, Runnable then) {
    world.agenda().after(SESSION, candidate.name() + " session timeout", then);
  }

  /** The session is gone; its process is told later. */
  void expire(SimulatedCandidate candidate) {
    resigned(candidate);
    long notice = world.agenda().between(0, 4 * Agenda.SECOND);
    world.agenda().after(notice, candidate.name() + " hears it is deposed", candidate::deposed);
  }

  /** It closed its latch. */
  void resigned(SimulatedCandidate candidate) {
    if (held(candidate)) {
      holder = null;
      call();
    }
  }

  /** Someone else is elected and begins a term right now, in the middle of something. */
  void usurp() {
    SimulatedCandidate former = holder;
    List<SimulatedCandidate> others =
        able().stream().filter(c -> c != former && !c.leads()).toList();
    if (former != null && !others.isEmpty()) {
      expire(former);
      hold(others.getFirst());
      others.getFirst().elected();
    }
  }
}
