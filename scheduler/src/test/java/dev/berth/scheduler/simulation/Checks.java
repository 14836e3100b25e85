package dev.berth.scheduler.simulation;

import dev.berth.scheduler.core.Decision;
import dev.berth.scheduler.core.Effect;
import dev.berth.scheduler.core.Event;
import dev.berth.scheduler.core.Invariants;
import dev.berth.scheduler.core.Outcome;
import dev.berth.scheduler.core.State;
import dev.berth.scheduler.core.Step;
import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.model.Device;
import dev.berth.scheduler.core.model.Lease;
import dev.berth.scheduler.core.model.Placement;
import dev.berth.scheduler.core.model.Request;
import dev.berth.scheduler.leadership.DecisionLoop;
import dev.berth.scheduler.leadership.DecisionObserver;
import dev.berth.scheduler.store.Contents;
import dev.berth.scheduler.store.Term;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What must hold at all times, looked at from outside the parts. */
final class Checks implements DecisionObserver {
  /** A rule on each step of a leader: {@code before} has passed it already. */
  interface StateRule {
    void check(State before, State after);
  }

  /** The place for further rules on states, as on quotas and on preemption. */
  private static final List<StateRule> STATE_RULES = List.of(Invariants::check);

  /** {@code since}: the version of the store when it was asked. */
  private record Answer(Effect effect, int since) {}

  private final World world;
  private final Map<String, Answer> answers = new LinkedHashMap<>();
  private final Set<Long> epochs = new HashSet<>();
  private @Nullable Object lastPublished;
  private @Nullable Object lastNodes;
  private int publishedVersion;

  Checks(World world) {
    this.world = world;
  }

  static void require(boolean holds, String message, @Nullable Object... args) {
    if (!holds) {
      throw new AssertionError(message.formatted(args));
    }
  }

  // --- The core, each step ---

  Step step(Step core) {
    return (state, event, now) -> {
      Decision decision = stepped(core, state, event, now);
      stepped(state, event, now, decision);
      return decision;
    };
  }

  private static Decision stepped(Step core, State state, Event event, long now) {
    try {
      return core.step(state, event, now);
    } catch (IllegalStateException e) {
      throw new AssertionError("The core stopped at " + event, e);
    }
  }

  private void stepped(State before, Event event, long now, Decision decision) {
    State after = decision.state();
    require(after.epoch() == before.epoch(), "the epoch changed within a term");
    STATE_RULES.forEach(rule -> rule.check(before, after));
    for (Effect effect : decision.effects()) {
      if (effect instanceof Effect.PlacementSaved(Placement.Placed placed)) {
        placed(after, placed);
      }
    }
    if (event instanceof Event.Tick) {
      after.nodes().values().forEach(node -> heard(node, now));
    }
  }

  private static void placed(State after, Placement.Placed placed) {
    require(placed.epoch() == after.epoch(), "placed in another term: %s", placed);
    for (Lease lease : placed.leases()) {
      Node node = after.nodes().get(lease.node());
      require(node != null && node.ready(), "placed on a node that is not ready: %s", lease);
      for (Device device : lease.devices()) {
        require(node == null || healthy(node, device), "placed on an unhealthy device: %s", lease);
      }
    }
  }

  private static boolean healthy(Node node, Device device) {
    return switch (device) {
      case Device.MigInstance mig -> healthyCard(node, mig.card());
      case Device.ShareOfGpu share -> healthyCard(node, share.card());
      case Device.WholeGpu gpu -> healthyCard(node, gpu.card());
      case Device.TpuChip chip ->
          node.inventory().tori().stream().noneMatch(t -> t.unhealthy().contains(chip.name()));
      case Device.Cpu cpu -> true;
      case Device.Seat seat -> node.inventory().healthyTurnDevices() > 0;
    };
  }

  private static boolean healthyCard(Node node, int index) {
    return node.inventory().cards().stream().anyMatch(c -> c.index() == index && c.healthy());
  }

  private static void heard(Node node, long now) {
    require(
        !node.ready() || now - node.lastSeenNanos() <= World.NODE_TIMEOUT,
        "ready although silent for %d ms: %s",
        (now - node.lastSeenNanos()) / Agenda.MILLI,
        node.name());
  }

  // --- The store, each commit ---

  void began(Term former, Term now) {
    require(
        now.epoch() > former.epoch() && now.fence() != former.fence(), "%s after %s", now, former);
    publishedVersion = world.store().version();
  }

  void saved(@Nullable Placement before, Placement now) {
    Invariants.members(now);
    require(world.asked(now.request()), "nobody asked for %s", now);
    if (now instanceof Placement.Releasing) {
      require(world.releaseAsked(now.id()), "released without being asked: %s", now);
      require(before != null && !before.leases().isEmpty(), "released, never placed: %s", now);
    }
    if (before != null && !before.leases().isEmpty()) {
      require(before.leases().equals(now.leases()), "placed anew: %s, was %s", now, before);
    }
  }

  void removed(@Nullable Placement before, Placement last) {
    require(world.releaseAsked(last.id()), "removed without being asked: %s", last);
    require(
        before != null && last.leases().equals(before.leases()),
        "removed %s, stored was %s",
        last,
        before);
    world.agents().forEach(agent -> agent.hardware().nothingPrepared(last.id()));
  }

  /** What any later leader would restore is sound. */
  void stored(Contents contents) {
    restored(contents.restore(world.store().latest().epoch(), World.EPOCH + world.agenda().now()));
  }

  /** Two terms never share an epoch, or agents could not tell their leaders apart. */
  void entered(State state) {
    require(epochs.add(state.epoch()), "a second term with epoch %d", state.epoch());
    restored(state);
  }

  private static void restored(State state) {
    try {
      Invariants.check(state);
    } catch (IllegalStateException e) {
      throw new AssertionError("The store cannot be restored", e);
    }
  }

  // --- What a leader publishes and answers ---

  /** Only the last word on each placement in a turn can be compared with what is stored. */
  void answered(Event event, List<Effect> effects, int since) {
    String id =
        event instanceof Event.Place place
            ? place.request().id()
            : ((Event.Release) event).placementId();
    for (Effect effect : effects) {
      if (effect instanceof Effect.PlaceAnswered || effect instanceof Effect.ReleaseAnswered) {
        answers.put(id, new Answer(effect, since));
      }
    }
  }

  @Override
  public void decided(State state, Event event, List<Effect> effects, long nanos) {
    if (event instanceof Event.LeaseGone gone) {
      answers.remove(Request.placementOf(gone.leaseId()));
    }
  }

  /** After each turn of a leader: its answers are durable, its state is one that was stored. */
  void turned(DecisionLoop loop) {
    answers.forEach(this::stored);
    answers.clear();
    if (loop.epoch() == world.store().latest().epoch() && loopLeads(loop)) {
      published(loop.state());
    }
  }

  private boolean loopLeads(DecisionLoop loop) {
    return world.candidates().stream().anyMatch(c -> c.leading() == loop);
  }

  /** The store may be ahead by commits whose answers are on their way; it never goes back. */
  private void published(State state) {
    if (state.nodes() == lastNodes && state.placements() == lastPublished) {
      return;
    }
    lastPublished = state.placements();
    lastNodes = state.nodes();
    int now = world.store().version();
    while (publishedVersion < now && !isStored(state, publishedVersion)) {
      publishedVersion++;
    }
    require(
        isStored(state, publishedVersion),
        "published is not what is stored: %s, stored %s",
        state.placements(),
        world.store().placements());
  }

  private boolean isStored(State state, int number) {
    TruthStore.Version version = world.store().version(number);
    return version.placements().size() == state.placements().size()
        && state.nodes().values().stream()
            .allMatch(node -> node.inventory().equals(version.nodes().get(node.name())))
        && state.placements().values().stream()
            .allMatch(placement -> isStored(placement, version.placements().get(placement.id())));
  }

  private static boolean isStored(Placement placement, @Nullable Placement known) {
    Placement plain = placement instanceof Placement.Releasing r ? r.placed().release() : placement;
    return known == placement || plain.equals(known);
  }

  /** It was so at some time between question and answer. */
  private void stored(String id, Answer answer) {
    int now = world.store().version();
    boolean holds =
        IntStream.rangeClosed(answer.since(), now)
            .mapToObj(number -> world.store().version(number).placements().get(id))
            .anyMatch(placement -> holds(placement, answer.effect()));
    require(
        holds,
        "%s was answered %s, but stored is %s",
        id,
        answer.effect(),
        world.store().placement(id));
  }

  private static boolean holds(@Nullable Placement stored, Effect answer) {
    return switch (answer) {
      case Effect.PlaceAnswered(Outcome.Placed(Placement placed)) ->
          stored != null
              && !(stored instanceof Placement.Waiting)
              && stored.leases().equals(placed.leases());
      case Effect.PlaceAnswered(Outcome.Waiting waiting) -> stored != null;
      case Effect.PlaceAnswered(Outcome.Rejected rejected) -> true;
      case Effect.ReleaseAnswered(boolean gone) ->
          gone ? stored == null : stored instanceof Placement.Releasing;
      default -> true;
    };
  }
}
