package dev.berth.scheduler.simulation;

import dev.berth.scheduler.core.Decision;
import dev.berth.scheduler.core.Effect;
import dev.berth.scheduler.core.Event;
import dev.berth.scheduler.core.Outcome;
import dev.berth.scheduler.core.State;
import dev.berth.scheduler.core.Step;
import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.model.Device;
import dev.berth.scheduler.core.model.Lease;
import dev.berth.scheduler.core.model.Placement;
import dev.berth.scheduler.core.model.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** Bugs of the deciding core. */
final class CoreMutants {
  private CoreMutants() {}

  /** Devices are free as soon as their owner gives them back. */
  static Step releaseFreesAtOnce(Step core) {
    return (state, event, now) ->
        Rewrite.saved(
            core.step(state, event, now), p -> p instanceof Placement.Releasing ? null : p);
  }

  /** The first lease that is gone frees the whole gang. */
  static Step firstGoneFreesTheGang(Step core) {
    return (state, event, now) -> {
      if (event instanceof Event.LeaseGone gone
          && state.placements().get(Request.placementOf(gone.leaseId()))
              instanceof Placement.Releasing releasing
          && releasing.leases().size() > 1) {
        State without = Rewrite.replace(state, releasing, null);
        Decision rest = core.step(without, event, now);
        List<Effect> effects = new ArrayList<>(List.of(new Effect.PlacementRemoved(releasing)));
        effects.addAll(rest.effects());
        return new Decision(rest.state(), effects);
      }
      return core.step(state, event, now);
    };
  }

  /** A gone lease is never counted. */
  static Step goneIsForgotten(Step core) {
    return (state, event, now) ->
        event instanceof Event.LeaseGone
            ? new Decision(state, List.of())
            : core.step(state, event, now);
  }

  /** What another lease of the node holds is given once more. */
  static Step doubleGrant(Step core) {
    return relocate(
        core,
        (node, device) ->
            node.leases().values().stream()
                .flatMap(l -> l.devices().stream())
                .filter(d -> !d.equals(device) && d.getClass() == device.getClass())
                .filter(d -> d instanceof Device.WholeGpu || d instanceof Device.TpuChip)
                .findFirst()
                .orElse(device));
  }

  /** A MIG instance starts where another one is. */
  static Step migOverlap(Step core) {
    return relocate(
        core,
        (node, device) ->
            device instanceof Device.MigInstance mine
                ? node.leases().values().stream()
                    .flatMap(l -> l.devices().stream())
                    .filter(Device.MigInstance.class::isInstance)
                    .map(Device.MigInstance.class::cast)
                    .filter(o -> o.card() == mine.card() && o.start() != mine.start())
                    .findFirst()
                    .<Device>map(
                        o ->
                            new Device.MigInstance(
                                mine.card(),
                                mine.model(),
                                mine.profile(),
                                o.start(),
                                mine.memoryMib()))
                    .orElse(device)
                : device);
  }

  private static Step relocate(Step core, BiFunction<Node, Device, Device> to) {
    return (state, event, now) -> {
      Decision decision = core.step(state, event, now);
      return Rewrite.placed(decision, placed -> relocated(decision.state(), placed, to));
    };
  }

  private static Placement.Placed relocated(
      State state, Placement.Placed placed, BiFunction<Node, Device, Device> to) {
    List<Lease> leases = new ArrayList<>();
    for (Lease lease : placed.leases()) {
      Node node = Objects.requireNonNull(state.nodes().get(lease.node()));
      leases.add(
          Rewrite.with(lease, lease.devices().stream().map(d -> to.apply(node, d)).toList()));
    }
    return Rewrite.with(placed, leases);
  }

  /** A gang is placed without its last member. */
  static Step gangInPart(Step core) {
    return (state, event, now) ->
        Rewrite.placed(
            core.step(state, event, now),
            p ->
                p.leases().size() > 1
                    ? Rewrite.with(p, p.leases().subList(0, p.leases().size() - 1))
                    : p);
  }

  /** A gang is stored without its last member. */
  static Step gangStoredInPart(Step core) {
    return (state, event, now) ->
        Rewrite.written(
            core.step(state, event, now),
            p ->
                p instanceof Placement.Placed placed && placed.leases().size() > 1
                    ? Rewrite.with(placed, placed.leases().subList(0, placed.leases().size() - 1))
                    : p);
  }

  /** What was placed out of the queue is not stored. */
  static Step queuePlacementsAreNotStored(Step core) {
    return (state, event, now) ->
        Rewrite.effects(
            core.step(state, event, now),
            e ->
                event instanceof Event.Place
                    || !(e instanceof Effect.PlacementSaved s
                        && s.placement() instanceof Placement.Placed));
  }

  /** That a placement is gone is not stored. */
  static Step removalsAreNotStored(Step core) {
    return (state, event, now) ->
        Rewrite.effects(core.step(state, event, now), e -> !(e instanceof Effect.PlacementRemoved));
  }

  /** What a node has is not stored. */
  static Step nodesAreNotStored(Step core) {
    return (state, event, now) ->
        Rewrite.effects(core.step(state, event, now), e -> !(e instanceof Effect.NodeSaved));
  }

  /** Silent nodes stay ready. */
  static Step tickForgetsLostNodes(Step core) {
    return (state, event, now) ->
        event instanceof Event.Tick ? new Decision(state, List.of()) : core.step(state, event, now);
  }

  /** A Place that comes again is placed again. */
  static Step repeatedPlaceIsPlacedTwice(Step core) {
    return (state, event, now) -> {
      if (event instanceof Event.Place(Request request, var _)
          && state.placements().get(request.id()) instanceof Placement.Placed known) {
        return core.step(Rewrite.replace(state, known, null), event, now + 1);
      }
      return core.step(state, event, now);
    };
  }

  /** Release says that it is done, and changes nothing. */
  static Step releaseIsLost(Step core) {
    return (state, event, now) ->
        event instanceof Event.Release
            ? new Decision(state, List.of(new Effect.ReleaseAnswered(false)))
            : core.step(state, event, now);
  }

  /** Nodes that are lost are still used. */
  static Step lostNodesAreUsed(Step core) {
    return seeing(core, node -> node.seen(node.lastSeenNanos()));
  }

  /** Unhealthy devices are used. */
  static Step unhealthyDevicesAreUsed(Step core) {
    return seeing(core, node -> node.withInventory(node.inventory().allHealthy()));
  }

  /** Processor and memory are given without end. */
  static Step processorIsNotCounted(Step core) {
    return seeing(
        core,
        node ->
            new Node(
                node.name(),
                node.inventory(),
                node.ready(),
                node.lastSeenNanos(),
                node.leases(),
                0,
                0,
                node.cards(),
                node.chips()));
  }

  /** Places as if nodes were other than they are. */
  private static Step seeing(Step core, UnaryOperator<Node> other) {
    return (state, event, now) -> {
      if (!(event instanceof Event.Place)) {
        return core.step(state, event, now);
      }
      Decision decision = core.step(Rewrite.nodes(state, other), event, now);
      return new Decision(Rewrite.as(decision.state(), state), decision.effects());
    };
  }

  /** What waits is never placed. */
  static Step queueIsForgotten(Step core) {
    return (state, event, now) -> {
      Decision decision = core.step(state, event, now);
      return event instanceof Event.Place
          ? decision
          : Rewrite.saved(
              decision,
              p ->
                  p instanceof Placement.Placed placed
                      ? new Placement.Waiting(placed.request(), placed.createdNanos())
                      : p);
    };
  }

  /** What waits is answered as if it were placed. */
  static Step waitingIsAnsweredAsPlaced(Step core) {
    return (state, event, now) -> {
      Decision decision = core.step(state, event, now);
      return new Decision(
          decision.state(),
          decision.effects().stream()
              .map(
                  e ->
                      event instanceof Event.Place(Request request, var _)
                              && e instanceof Effect.PlaceAnswered(Outcome.Waiting waiting)
                          ? new Effect.PlaceAnswered(
                              new Outcome.Placed(
                                  new Placement.Placed(
                                      request, now, now, state.epoch(), List.of(), 0)))
                          : e)
              .toList());
    };
  }

  /** Placements carry the epoch of the term before. */
  static Step placedWithAnOldEpoch(Step core) {
    return (state, event, now) ->
        Rewrite.placed(
            core.step(state, event, now),
            p ->
                new Placement.Placed(
                    p.request(),
                    p.createdNanos(),
                    p.placedNanos(),
                    p.epoch() - 1,
                    p.leases(),
                    p.choice()));
  }

  /** Releasing twice cancels the release. */
  static Step secondReleaseCancels(Step core) {
    return (state, event, now) -> {
      if (event instanceof Event.Release(String id)
          && state.placements().get(id) instanceof Placement.Releasing releasing) {
        State back = Rewrite.replace(state, releasing, releasing.placed());
        return new Decision(
            back,
            List.of(
                new Effect.PlacementSaved(releasing.placed()), new Effect.ReleaseAnswered(false)));
      }
      return core.step(state, event, now);
    };
  }
}
