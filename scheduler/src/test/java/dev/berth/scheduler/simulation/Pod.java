package dev.berth.scheduler.simulation;

import dev.berth.scheduler.core.model.Lease;
import dev.berth.scheduler.simulation.AgentJournal.Known;

/** One pod on its node: the kubelet prepares its claim until it is deleted, then unprepares it. */
final class Pod {
  private final World world;
  private final SimulatedAgent node;
  private final Known asked;
  private final String claim;
  private boolean wanted = true;

  Pod(World world, SimulatedAgent node, Lease lease, long epoch, String claim) {
    this.world = world;
    this.node = node;
    this.asked = Known.granted(lease.id(), epoch, lease.devices());
    this.claim = claim;
  }

  /** Runs, or is deleted. */
  boolean settled() {
    return !wanted || node.hardware().has(claim);
  }

  void start() {
    node.hardware().afterReboot(claim, this::attempt);
    attempt();
  }

  private void attempt() {
    again(world.agenda().between(0, Agenda.SECOND), this::prepare, " is prepared");
  }

  private void again(long delay, Runnable action, String what) {
    world.agenda().after(delay, "claim " + claim + what, action);
  }

  private void prepare() {
    if (wanted && !node.prepare(claim, asked)) {
      again(Agenda.SECOND, this::prepare, " is prepared again");
    }
  }

  void delete() {
    if (wanted) {
      wanted = false;
      again(world.agenda().between(0, Agenda.SECOND), this::unprepare, " is unprepared");
    }
  }

  private void unprepare() {
    if (!node.unprepare(claim)) {
      again(Agenda.SECOND, this::unprepare, " is unprepared again");
    }
  }
}
