package dev.berth.turns.queue;

import dev.berth.collect.OrderedMap;
import dev.berth.turns.model.Turn;
import dev.berth.turns.queue.DeviceState.Resident;
import dev.berth.turns.queue.QueueState.Ticket;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Gives idle devices to waiting turns until none is left that may have one. */
final class Dispatch {
  private final Draft draft;

  private Dispatch(Draft draft) {
    this.draft = draft;
  }

  static void run(Draft draft) {
    Dispatch dispatch = new Dispatch(draft);
    Optional<Candidate> next = dispatch.next();
    while (next.isPresent()) {
      dispatch.choose(next.get());
      next = dispatch.next();
    }
  }

  private Optional<Candidate> next() {
    Map<Integer, List<DeviceState>> idle =
        draft.state().devices().values().stream()
            .filter(DeviceState::idle)
            .collect(
                Collectors.groupingBy(d -> d.device().node(), TreeMap::new, Collectors.toList()));
    if (idle.isEmpty() || draft.state().waiting().isEmpty()) {
      return Optional.empty();
    }
    Map<Integer, Long> floors = VirtualTime.floors(draft.state(), idle.keySet());
    VirtualTime.advance(draft, floors);
    List<Candidate> candidates = new ArrayList<>();
    for (Flow flow : draft.state().flows().values()) {
      if (flow.waits() && !draft.state().atLimit(flow)) {
        floors.forEach((node, floor) -> of(flow, floor, node, idle, candidates));
      }
    }
    return candidates.stream().min(Candidate.BEST_FIRST);
  }

  private void of(
      Flow flow,
      long floor,
      int node,
      Map<Integer, List<DeviceState>> idle,
      Collection<Candidate> to) {
    QueueState state = draft.state();
    long ahead = (flow.tag() - floor) * flow.weight();
    if (ahead > state.policy().windowNanos()) {
      return;
    }
    flow.lanes()
        .forEach(
            (lane, turns) -> {
              if (state.mayRun(lane, node) && !state.atLimit(state.stats(lane.space()))) {
                Map.Entry<Long, Turn> first = turns.entrySet().iterator().next();
                candidate(first, ahead, Objects.requireNonNull(idle.get(node))).ifPresent(to::add);
              }
            });
  }

  private Optional<Candidate> candidate(
      Map.Entry<Long, Turn> first, long ahead, List<DeviceState> idle) {
    Turn turn = first.getValue();
    return Site.best(draft.state(), turn, idle, draft.now)
        .map(
            site -> {
              long cost = cost(turn, site.warm());
              return new Candidate(
                  turn,
                  first.getKey(),
                  site.devices(),
                  site.warm(),
                  ahead + price(turn, site, cost),
                  cost,
                  site.reloads());
            });
  }

  private long cost(Turn turn, boolean warm) {
    return turn.cost(draft.state().expected(turn) + (warm ? 0 : turn.loadNanos()));
  }

  /** What serving this turn now costs others, in nanoseconds of lag. */
  private long price(Turn turn, Site site, long cost) {
    QueuePolicy policy = draft.state().policy();
    long price = cost * policy.shortnessPermille() / 1000;
    price += policy.quotaNanos() * (1000 - turn.quotaLeftPermille()) / 1000;
    if (!site.warm()) {
      int profit = Math.max(1, draft.state().stats(turn.space()).waiting());
      price += Math.round(policy.coldNanos() / Math.pow(profit, policy.crowding()));
      price += Math.round(policy.reloadFactor() * site.reloads());
    }
    return price;
  }

  private void choose(Candidate chosen) {
    Turn turn = chosen.turn();
    QueueState state = draft.state();
    Ticket ticket = Objects.requireNonNull(state.waiting().get(turn.id()), turn.id());
    draft.dequeue(ticket);
    draft.flow(turn.account(), f -> f.charged(chosen.costNanos()).running(1));
    draft.space(turn.space(), s -> s.running(1));
    Running running = new Running(turn, chosen.devices(), chosen.costNanos(), draft.now, false);
    draft.running(draft.state().running().with(turn.id(), running));
    for (int device : chosen.devices()) {
      draft.device(device, d -> d.turn() == null ? d.heldBy(turn.id()) : d.promisedTo(turn.id()));
    }
    grantIfAllFree(draft, running);
  }

  /** Grants a chosen turn once each of its devices is kept for it. */
  static void grantIfAllFree(Draft draft, Running running) {
    Turn turn = running.turn();
    List<DeviceState> devices = new ArrayList<>();
    for (int index : running.devices()) {
      DeviceState device = Objects.requireNonNull(draft.state().devices().get(index));
      if (!turn.id().equals(device.turn())) {
        return;
      }
      devices.add(device);
    }
    OrderedMap<String, Running> all = draft.state().running();
    draft.running(all.with(turn.id(), running.granted(draft.now)));
    draft.grants.add(
        new Grant(
            turn,
            running.devices(),
            devices.stream().allMatch(d -> d.holds(turn.space())),
            reclaimed(turn, devices)));
    for (int device : running.devices()) {
      draft.device(device, d -> d.using(turn.space(), turn.memoryMibEach()));
    }
  }

  private static List<Grant.Worker> reclaimed(Turn turn, List<DeviceState> devices) {
    List<Grant.Worker> workers = new ArrayList<>();
    for (DeviceState device : devices) {
      for (Resident out : device.pushedOutBy(turn.space(), turn.memoryMibEach())) {
        workers.add(new Grant.Worker(device.device().index(), out.space()));
      }
    }
    return workers;
  }
}
