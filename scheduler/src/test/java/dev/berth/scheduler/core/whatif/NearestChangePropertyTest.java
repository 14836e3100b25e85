package dev.berth.scheduler.core.whatif;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.scheduler.core.Effect;
import dev.berth.scheduler.core.Event;
import dev.berth.scheduler.core.Outcome;
import dev.berth.scheduler.core.RandomFleet;
import dev.berth.scheduler.core.Scheduler;
import dev.berth.scheduler.core.State;
import dev.berth.scheduler.core.model.Accelerator;
import dev.berth.scheduler.core.model.Lease;
import dev.berth.scheduler.core.model.Placement;
import dev.berth.scheduler.core.model.Request;
import dev.berth.scheduler.core.model.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Every change that is told is made by events alone, and then the request is placed. {@code
 * -Dberth.seed=N} replays one.
 */
class NearestChangePropertyTest {
  private final Scheduler scheduler = new Scheduler(10_000_000_000L);
  private final Map<String, Integer> told = new HashMap<>();

  @Test
  void whatIsToldIsTrueAndNotMoreThanNeeded() {
    Long one = Long.getLong("berth.seed");
    long first = one == null ? 1 : one;
    long last = one == null ? 400 : one;
    for (long seed = first; seed <= last; seed++) {
      try {
        check(new RandomFleet(seed).history(40));
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("Seed " + seed + " failed; replay with -Dberth.seed=" + seed, e);
      }
    }
    System.out.println("nearest changes told: " + told);
    if (one == null) {
      assertThat(told.keySet())
          .contains(
              "Drained",
              "NodesReady",
              "OtherDevice",
              "SmallerHost",
              "FewerMembers",
              "SmallerDevice",
              "Released",
              "MoreNodes");
    }
  }

  private void check(RandomFleet random) {
    State state = random.fleet.state;
    for (Placement placement : state.placements().values()) {
      if (placement instanceof Placement.Waiting waiting) {
        check(state, waiting.request(), random.fleet.now);
      }
    }
    check(state, random.request(), random.fleet.now);
  }

  private void check(State state, Request request, long now) {
    for (Change change : NearestChange.of(scheduler, state, request, now)) {
      told.merge(change.getClass().getSimpleName(), 1, Integer::sum);
      assertThat(placed(state, request, change, now)).as("%s for %s", change, request).isTrue();
      assertThat(ChangeSentences.of(change, request)).endsWith(".");
      needed(state, request, change, now);
    }
  }

  /** A little less of the change is not enough. */
  private void needed(State state, Request request, Change change, long now) {
    switch (change) {
      case Change.FewerMembers fewer -> {
        List<Shape> more = request.members().subList(0, fewer.members() + 1);
        assertThat(placed(state, request.withMembers(more), now)).isFalse();
      }
      case Change.MoreNodes more -> {
        if (more.count() > 1) {
          Change less = new Change.MoreNodes(more.like(), more.inventory(), more.count() - 1);
          assertThat(placed(state, request, less, now)).as("fewer than %s", more).isFalse();
        }
      }
      case Change.SmallerHost host -> {
        if (request.members().size() == 1) {
          Shape asked = request.members().getFirst();
          boolean cpu = host.cpuMilli() < asked.cpuMilli();
          Shape more =
              new Shape(
                  host.cpuMilli() + (cpu ? 1 : 0),
                  host.memoryMib() + (cpu ? 0 : 1),
                  asked.accelerator());
          assertThat(placed(state, request.withMembers(List.of(more)), now)).isFalse();
        }
      }
      case Change.Released released -> smallest(state, request, released, now);
      case Change.SmallerDevice smaller -> {
        if (smaller.instead() instanceof Accelerator.WholeGpus gpus
            && request.members().size() == 1) {
          Shape asked = request.members().getFirst();
          Shape more =
              new Shape(
                  asked.cpuMilli(),
                  asked.memoryMib(),
                  new Accelerator.WholeGpus(gpus.models(), gpus.count() + 1));
          assertThat(placed(state, request.withMembers(List.of(more)), now)).isFalse();
        }
      }
      case Change.Drained d -> {}
      case Change.NodesReady r -> {}
      case Change.LooserTopology l -> {}
      case Change.OtherRegion o -> {}
      case Change.OtherDevice o -> {}
    }
  }

  /** No single placement that holds less would do. */
  private void smallest(State state, Request request, Change.Released released, long now) {
    for (Placement other : state.placements().values()) {
      if (other instanceof Placement.Placed placed
          && Weights.milliDevices(state, placed.leases()) < released.milliDevices()
          && released.placements().size() == 1) {
        Change less = new Change.Released(List.of(other.id()), 0);
        assertThat(placed(state, request, less, now)).as("less than %s", released).isFalse();
      }
    }
  }

  private boolean placed(State state, Request request, long now) {
    Event release = new Event.Release(request.id());
    return answer(step(state, release, now), request, now) instanceof Outcome.Placed;
  }

  private boolean placed(State state, Request request, Change change, long now) {
    if (change instanceof Change.Amended amended) {
      return placed(state, amended.request(), now);
    }
    State at = state;
    for (Event event : events(state, change)) {
      at = step(at, event, now);
    }
    return answer(at, request, now) instanceof Outcome.Placed;
  }

  private static List<Event> events(State state, Change change) {
    return switch (change) {
      case Change.Amended amended -> throw new AssertionError("a request is no event");
      case Change.Drained drained ->
          drained.placements().stream().flatMap(id -> gone(state, id).stream()).toList();
      case Change.NodesReady ready ->
          ready.nodes().stream().<Event>map(n -> new Event.Heartbeat(n, List.of())).toList();
      case Change.Released released ->
          released.placements().stream().flatMap(id -> release(state, id).stream()).toList();
      case Change.MoreNodes more -> added(more);
    };
  }

  private static List<Event> gone(State state, String id) {
    Placement placement = state.placements().get(id);
    assertThat(placement).isNotNull();
    return placement == null
        ? List.of()
        : placement.leases().stream().<Event>map(NearestChangePropertyTest::gone).toList();
  }

  private static Event gone(Lease lease) {
    return new Event.LeaseGone(lease.node(), lease.id());
  }

  private static List<Event> release(State state, String id) {
    List<Event> events = new ArrayList<>(List.of(new Event.Release(id)));
    events.addAll(gone(state, id));
    return events;
  }

  private static List<Event> added(Change.MoreNodes more) {
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < more.count(); i++) {
      events.add(new Event.NodeRegistered("added-" + i, more.inventory()));
      events.add(new Event.Heartbeat("added-" + i, List.of()));
    }
    return events;
  }

  private State step(State state, Event event, long now) {
    State at = scheduler.step(state, event, now).state();
    while (at.retry()) {
      at = scheduler.step(at, new Event.Tick(), now).state();
    }
    return at;
  }

  private Outcome answer(State state, Request request, long now) {
    return scheduler.step(state, new Event.Place(request), now).effects().stream()
        .filter(Effect.PlaceAnswered.class::isInstance)
        .map(effect -> ((Effect.PlaceAnswered) effect).outcome())
        .findFirst()
        .orElseThrow();
  }
}
