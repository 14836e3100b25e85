package dev.berth.scheduler.leadership;

import dev.berth.scheduler.core.Decision;
import dev.berth.scheduler.core.Effect;
import dev.berth.scheduler.core.State;
import java.util.ArrayList;
import java.util.List;

/** Decisions that become durable together, by one commit; a task ends its group. */
final class Group {
  record Decided(Arrived arrived, List<Effect> effects) {}

  private final List<Decided> decided = new ArrayList<>();
  private final List<Effect.Write> writes = new ArrayList<>();
  private State state;
  private int leases;
  private boolean ended;
  private boolean answersClient;

  /** {@code before} is the state after the group before it. */
  Group(State before) {
    this.state = before;
  }

  void add(Arrived arrived, Decision decision) {
    state = decision.state();
    decided.add(new Decided(arrived, decision.effects()));
    for (Effect effect : decision.effects()) {
      answersClient |=
          effect instanceof Effect.PlaceAnswered || effect instanceof Effect.ReleaseAnswered;
      if (effect instanceof Effect.Write write) {
        writes.add(write);
        leases += leases(write);
      }
    }
  }

  /** A task sees exactly what was decided before it. */
  void end(Arrived task) {
    decided.add(new Decided(task, List.of()));
    ended = true;
  }

  /** What is written, counted in leases of about the same size. */
  private static int leases(Effect.Write write) {
    return switch (write) {
      case Effect.PlacementSaved saved -> saved.placement().request().members().size();
      case Effect.NodeSaved node -> 1 + node.inventory().cards().size();
      case Effect.PlacementRemoved removed -> 1;
      case Effect.NodeBecameReady node -> 1;
      case Effect.NodeBecameLost node -> 1;
      case Effect.FlavorsSaved flavors -> flavors.flavors().size();
      case Effect.QuotasSaved quotas -> quotas.quotas().nodes().size();
      case Effect.PastSaved past -> 1;
      case Effect.OwnerSpared owner -> 1;
      case Effect.OwnerNotSpared owner -> 1;
    };
  }

  boolean isEmpty() {
    return decided.isEmpty();
  }

  boolean isFull(Window window) {
    return ended || decided.size() >= window.decisions() || leases >= window.leases();
  }

  /**
   * Needs no commit. A deposed leader that does not know it must not tell a client what was true
   * once: such an answer is fenced by a commit even when nothing is written.
   */
  boolean isSilent() {
    return writes.isEmpty() && !answersClient;
  }

  List<Decided> decided() {
    return decided;
  }

  List<Effect.Write> writes() {
    return writes;
  }

  /** After the last decision. */
  State state() {
    return state;
  }
}
