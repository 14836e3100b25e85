package dev.berth.operator.reconcile;

import static java.util.Objects.requireNonNull;

import dev.berth.operator.placement.Eviction;
import dev.berth.operator.placement.Lease;
import dev.berth.operator.placement.Placement;
import dev.berth.operator.placement.PlacementId;
import dev.berth.operator.placement.PlacementRequest;
import dev.berth.operator.placement.PlacementState;
import dev.berth.operator.placement.Placements;
import dev.berth.operator.placement.Reason;
import dev.berth.operator.placement.SchedulerUnreachable;
import dev.berth.operator.resolve.Catalog;
import dev.berth.operator.resolve.Policy;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A scheduler with {@code devices} devices of one kind on one node, first come first served. Its
 * watch stream is delivered when the test says so, and calls can fail before or after their effect.
 */
final class FakeScheduler implements Placements {
  /** How the next call goes wrong. */
  enum Fault {
    NONE,
    LOST_CALL,
    LOST_ANSWER
  }

  final Map<String, Placement> held = new TreeMap<>();
  final Map<String, PlacementRequest> requests = new TreeMap<>();
  final Set<String> usedIds = new HashSet<>();
  final Deque<Consumer<Listener>> stream = new ArrayDeque<>();
  Fault fault = Fault.NONE;
  List<Reason> rejectWith = List.of();

  /** Flavors of which nothing is free. */
  final Set<String> full = new HashSet<>();

  private final InstantSource clock;
  int devices;

  FakeScheduler(int devices, InstantSource clock) {
    this.devices = devices;
    this.clock = clock;
  }

  @Override
  public Placement place(PlacementRequest request) {
    failIf(Fault.LOST_CALL);
    if (!rejectWith.isEmpty()) {
      return new Placement(
          request.id(),
          request.flavor(),
          request.spec().catalogVersion(),
          new PlacementState.Rejected(rejectWith, clock.instant()));
    }
    String id = request.id().toString();
    if (!held.containsKey(id)) {
      if (!usedIds.add(id)) {
        throw new AssertionError("placement id used twice: " + id);
      }
      requests.put(id, request);
      put(request, waiting());
      schedule();
    }
    failIf(Fault.LOST_ANSWER);
    return requireNonNull(held.get(id));
  }

  @Override
  public boolean release(String id) {
    failIf(Fault.LOST_CALL);
    Placement placement = held.get(id);
    if (placement == null) {
      return true;
    }
    if (placement.state() instanceof PlacementState.Placed) {
      put(placement, new PlacementState.Releasing());
    } else if (!(placement.state() instanceof PlacementState.Releasing)) {
      drop(id);
    }
    failIf(Fault.LOST_ANSWER);
    return !held.containsKey(id);
  }

  /** The node has unprepared what was released. */
  void unprepare() {
    List<String> done =
        held.values().stream()
            .filter(p -> p.state() instanceof PlacementState.Releasing)
            .map(p -> p.id().toString())
            .toList();
    done.forEach(this::drop);
    schedule();
  }

  void schedule() {
    for (Placement placement : List.copyOf(held.values())) {
      PlacementRequest request = requireNonNull(requests.get(placement.id().toString()));
      if (placement.state() instanceof PlacementState.Waiting && free() >= request.members()) {
        choose(request);
      }
    }
  }

  private void choose(PlacementRequest request) {
    if (!full.contains(request.flavor())) {
      put(request, request.flavor(), placed(request, 0, false));
      return;
    }
    List<Policy.Fallback> fallbacks = request.policy().fallbacks();
    for (int i = 0; i < fallbacks.size(); i++) {
      if (!full.contains(fallbacks.get(i).flavor())) {
        put(request, fallbacks.get(i).flavor(), placed(request, i + 1, false));
        return;
      }
    }
  }

  private PlacementState.Placed placed(PlacementRequest request, int choice, boolean better) {
    return new PlacementState.Placed(
        1, leases(request.id(), request.members()), clock.instant(), choice, better);
  }

  /** Tells of each fallback whether something better is free. */
  void tellBetter(boolean better) {
    for (Placement p : List.copyOf(held.values())) {
      if (p.state() instanceof PlacementState.Placed placed && placed.choice() > 0) {
        put(
            p,
            new PlacementState.Placed(
                placed.epoch(), placed.leases(), placed.placedAt(), placed.choice(), better));
      }
    }
  }

  /** Reserves a target for {@code members} of a placement, as a defragmentation does. */
  PlacementId reserveMove(Placement from, int members) {
    PlacementId id = from.id().move();
    PlacementRequest request = requireNonNull(requests.get(from.id().toString()));
    requests.put(
        id.toString(),
        new PlacementRequest(
            id,
            members,
            request.account(),
            request.owner(),
            request.flavor(),
            request.spec(),
            request.policy()));
    put(
        new Placement(id, from.flavor(), from.catalogVersion(), from.state()),
        new PlacementState.Placed(1, leases(id, members), clock.instant()));
    return id;
  }

  /** Takes a placement back for another one. */
  void evict(Placement placement, String by) {
    put(
        placement,
        new PlacementState.Releasing(
            Optional.of(new Eviction("PREEMPTED", by, clock.instant(), "Taken back."))));
  }

  private int free() {
    return devices - busy().size();
  }

  Set<Integer> busy() {
    Set<Integer> busy = new HashSet<>();
    for (Placement placement : held.values()) {
      if (placement.state() instanceof PlacementState.Placed placed) {
        placed.leases().forEach(l -> busy.add(index(l)));
      }
    }
    return busy;
  }

  private static int index(Lease lease) {
    return Integer.parseInt(lease.devices().getFirst().name().substring("gpu-".length()));
  }

  private List<Lease> leases(PlacementId placement, int members) {
    Set<Integer> busy = busy();
    List<Lease> leases = new ArrayList<>();
    for (int gpu = 0; leases.size() < members; gpu++) {
      if (!busy.contains(gpu)) {
        String id = placement + "#" + leases.size();
        leases.add(
            new Lease(
                id,
                leases.size(),
                "node-0",
                List.of(new Lease.Device("gpu-" + gpu, "T4-16", 1000, 16384)),
                4000,
                15360,
                1000,
                1024));
      }
    }
    return leases;
  }

  private static PlacementState.Waiting waiting() {
    return new PlacementState.Waiting(
        1, List.of(new Reason("INSUFFICIENT_ACCELERATORS", "", 1, 0, 1, "gpu", "T4-16", 1)));
  }

  private void put(PlacementRequest request, PlacementState state) {
    put(request, request.flavor(), state);
  }

  private void put(PlacementRequest request, String flavor, PlacementState state) {
    put(new Placement(request.id(), flavor, request.spec().catalogVersion(), state), state);
  }

  private void put(Placement before, PlacementState state) {
    Placement placement =
        new Placement(before.id(), before.flavor(), before.catalogVersion(), state);
    held.put(before.id().toString(), placement);
    stream.add(listener -> listener.changed(placement));
  }

  private void drop(String id) {
    Placement gone = requireNonNull(held.remove(id));
    stream.add(listener -> listener.gone(gone.id()));
  }

  /** Delivers what has happened since, in order. */
  void deliver(Listener listener, int atMost) {
    for (int i = 0; i < atMost && !stream.isEmpty(); i++) {
      stream.remove().accept(listener);
    }
  }

  /** A new stream: the whole list first. */
  void reconnect(Listener listener) {
    stream.clear();
    listener.opened();
    listener.snapshot(List.copyOf(held.values()));
  }

  @Override
  public void publish(List<Catalog.Entry> flavors) {}

  @Override
  public void watch(Listener listener) {
    reconnect(listener);
  }

  private void failIf(Fault kind) {
    if (fault == kind) {
      fault = Fault.NONE;
      throw new SchedulerUnreachable("fake fault " + kind, new RuntimeException("fake"));
    }
  }
}
