package dev.berth.scheduler.simulation;

import dev.berth.scheduler.core.model.Inventory;
import dev.berth.scheduler.core.model.Torus;
import java.util.List;
import java.util.Random;

/** What goes wrong, and when it is mended. */
final class Faults {
  /** Long enough for a leader, its agents and some pods to get to work. */
  private static final long LULL = 2 * Agenda.SECOND;

  private final World world;

  Faults(World world) {
    this.world = world;
  }

  void next() {
    agenda()
        .after(
            agenda().chance(25) ? LULL : agenda().between(50 * Agenda.MILLI, 500 * Agenda.MILLI),
            "a fault",
            () -> {
              if (world.troubled()) {
                strike();
                next();
              }
            });
  }

  private Agenda agenda() {
    return world.agenda();
  }

  private long while_() {
    return agenda().between(Agenda.SECOND / 5, 5 * Agenda.SECOND);
  }

  private void strike() {
    SimulatedCandidate candidate = pick(world.candidates());
    SimulatedAgent agent = pick(world.agentList());
    switch (random().nextInt(14)) {
      case 0 -> candidate.crash();
      case 1, 2 -> candidate.pause(while_());
      case 3 -> cutFromStore(candidate);
      case 4, 5, 6, 7 -> deposeLeader();
      case 8 -> cutFromLeader(agent, candidate);
      case 9 -> agent.crash(false, while_());
      case 10 -> agent.crash(true, while_());
      case 11 -> breakStream(agent);
      case 12 -> storeOutage();
      default -> {}
    }
    if (agenda().chance(25)) {
      health(agent);
    }
    if (!world.owners().isEmpty()) {
      pick(world.owners()).restartPod();
      pick(world.owners()).repeat();
      pick(world.owners()).repeat();
    }
  }

  private Random random() {
    return agenda().random();
  }

  private <T> T pick(List<T> among) {
    return among.get(random().nextInt(among.size()));
  }

  private void cutFromStore(SimulatedCandidate candidate) {
    agenda().note(candidate.name() + " is cut off from the store");
    candidate.reach(false);
    agenda().after(while_(), candidate.name() + " reaches the store", () -> candidate.reach(true));
  }

  private void deposeLeader() {
    world.candidates().stream()
        .filter(c -> world.election().held(c))
        .findFirst()
        .ifPresent(
            holder -> {
              agenda().note(holder.name() + " loses its session");
              world.election().expire(holder);
            });
  }

  private void cutFromLeader(SimulatedAgent agent, SimulatedCandidate candidate) {
    String way = agent.name() + " and " + candidate.name();
    agenda().note(way + " are cut off");
    world.cut(agent, candidate, true);
    agenda().after(while_(), way + " see each other", () -> world.cut(agent, candidate, false));
  }

  private void breakStream(SimulatedAgent agent) {
    Connection connection = agent.connection();
    if (connection != null) {
      agenda().note(connection.name() + " breaks");
      connection.sever();
    }
  }

  private void storeOutage() {
    agenda().note("the store is down");
    world.storeUp(false);
    agenda().after(while_() / 4, "the store is up", () -> world.storeUp(true));
  }

  private void health(SimulatedAgent agent) {
    Inventory inventory = agent.inventory();
    Torus torus = inventory.torus();
    if (torus != null) {
      agent.health(
          "tpu-" + random().nextInt(torus.x()) + "-" + random().nextInt(torus.y()) + "-0",
          agenda().chance(60));
    } else if (!inventory.cards().isEmpty()) {
      agent.health("gpu-" + random().nextInt(inventory.cards().size()), agenda().chance(60));
    }
  }
}
