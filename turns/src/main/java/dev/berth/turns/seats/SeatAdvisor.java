package dev.berth.turns.seats;

import dev.berth.collect.OrderedMap;
import dev.berth.turns.seats.SeatAdvice.Change;
import dev.berth.turns.seats.SeatEvent.Observed;
import dev.berth.turns.seats.SeatState.Phase;
import dev.berth.turns.seats.SeatState.Seats;
import dev.berth.turns.seats.SeatView.NodeView;
import dev.berth.turns.seats.SeatView.Seat;
import dev.berth.turns.seats.SeatView.SpaceView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Lets the planner look at seats that are placed by others, and turns what it wants into advice
 * that they follow. What it knows can be lost: it adopts what is placed, and rests for a while.
 */
public final class SeatAdvisor {
  /** {@code advice} is by Space; a Space without placements has none. */
  public record Decision(OrderedMap<String, SeatAdvice> advice, List<Change.Moving> moves) {}

  private final SeatPolicy policy;
  private final SeatView view;
  private final long now;
  private final List<String> names;
  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<Change.Moving> moves = new ArrayList<>();
  private OrderedMap<String, SeatAdvice> advice = OrderedMap.empty();

  private SeatAdvisor(SeatPolicy policy, SeatView view, long now) {
    this.policy = policy;
    this.view = view;
    this.now = now;
    this.names = List.copyOf(view.nodes().keySet());
    for (int i = 0; i < names.size(); i++) {
      numbers.put(names.get(i), i);
    }
  }

  /**
   * A pure function.
   *
   * @param prior advice of the last step of this term; empty at its start
   * @param now unix nanoseconds
   */
  public static Decision step(
      SeatPolicy policy, OrderedMap<String, SeatAdvice> prior, SeatView view, long now) {
    SeatAdvisor advisor = new SeatAdvisor(policy, view, now);
    view.spaces().forEach((name, space) -> advisor.follow(name, space, prior));
    SeatPlanner.step(advisor.seats(), advisor.observed(), now).effects().forEach(advisor::heed);
    return new Decision(advisor.advice, List.copyOf(advisor.moves));
  }

  private void follow(String name, SpaceView space, OrderedMap<String, SeatAdvice> prior) {
    SeatAdvice next = Following.follow(prior.get(name), space, policy.changeEveryNanos(), now);
    advice = advice.with(name, next);
  }

  private SeatState seats() {
    SeatState state = SeatState.empty(policy);
    OrderedMap<Integer, SeatState.Node> nodes = OrderedMap.empty();
    for (Map.Entry<String, NodeView> entry : view.nodes().entrySet()) {
      if (entry.getValue().heard()) {
        nodes = nodes.with(number(entry.getKey()), node(entry.getKey(), entry.getValue()));
      }
    }
    state = new SeatState(policy, nodes, state.spaces());
    for (Map.Entry<String, SpaceView> entry : view.spaces().entrySet()) {
      state = state.with(entry.getKey(), seats(entry.getKey(), entry.getValue()));
    }
    return state;
  }

  /** The planner takes from a node what seats hold; what others hold is not there to begin with. */
  private SeatState.Node node(String name, NodeView node) {
    long cpu = node.freeCpuMilli();
    long memory = node.freeMemoryMib();
    for (SpaceView space : view.spaces().values()) {
      if (space.seats().stream().anyMatch(seat -> seat.node().equals(name))) {
        cpu += space.cpuMilli();
        memory += space.memoryMib();
      }
    }
    return new SeatState.Node(cpu, memory, node.devices());
  }

  private Seats seats(String name, SpaceView space) {
    SeatAdvice known = advised(name);
    OrderedMap<Integer, Phase> phases = OrderedMap.empty();
    for (Seat seat : space.seats()) {
      phases =
          numbers.containsKey(seat.node())
              ? phases.with(number(seat.node()), Phase.SERVING)
              : phases;
    }
    int most = known.isPinned(now) ? phases.size() : policy.most();
    return new Seats(space.cpuMilli(), space.memoryMib(), 0, known.changedAt(), most, phases);
  }

  private Observed observed() {
    Map<String, Long> demand = new TreeMap<>();
    Map<String, Integer> waiting = new TreeMap<>();
    view.spaces()
        .forEach(
            (name, space) -> {
              demand.put(name, demand(space));
              int waits = space.seats().stream().mapToInt(s -> s.use().waiting()).sum();
              if (waits > 0) {
                waiting.put(name, waits);
              }
            });
    Map<Integer, Long> waits = new TreeMap<>();
    view.nodes().forEach((name, node) -> waits.put(number(name), node.waitNanos()));
    return new Observed(demand, waiting, waits);
  }

  /** While a part of it is not known, nothing is taken for cool. */
  private long demand(SpaceView space) {
    long known = space.seats().stream().mapToLong(seat -> seat.use().demandMilli()).sum();
    return space.seats().stream().allMatch(seat -> seat.use().known())
        ? known
        : Math.max(known, policy.coolMilli());
  }

  private void heed(SeatEffect effect) {
    switch (effect) {
      case SeatEffect.Add add -> add(add.space(), names.get(add.node()));
      case SeatEffect.Drain drain -> drain(drain.space(), names.get(drain.node()));
      case SeatEffect.Move move -> move(move.space(), names.get(move.from()), names.get(move.to()));
      case SeatEffect.NoRoom none -> {
        // Its first seat is placed by the scheduler, which also says why it waits.
      }
    }
  }

  /** Two seats of a Space may lie on one node, which the planner takes for one. */
  private void add(String space, String node) {
    SeatAdvice known = advised(space);
    if (free(space) && !known.isPinned(now) && known.slots().size() < policy.most()) {
      int slot = 0;
      while (known.slots().contains(slot)) {
        slot++;
      }
      advice = advice.with(space, known.adding(slot, node, now));
    }
  }

  private void drain(String space, String node) {
    SeatAdvice known = advised(space);
    if (free(space) && !known.isPinned(now) && known.slots().size() > 1) {
      seatOn(space, node)
          .map(seat -> new Change.Draining(seat.slot(), now))
          .ifPresent(draining -> advice = advice.with(space, known.with(draining, now)));
    }
  }

  private void move(String space, String from, String to) {
    if (free(space)) {
      seatOn(space, from)
          .map(seat -> new Change.Moving(seat.placement(), to, now))
          .ifPresent(
              moving -> {
                advice = advice.with(space, advised(space).with(moving, now));
                moves.add(moving);
              });
    }
  }

  private Optional<Seat> seatOn(String space, String node) {
    return spaceOf(space).seats().stream().filter(seat -> seat.node().equals(node)).findFirst();
  }

  private boolean free(String space) {
    return spaceOf(space).steady() && advised(space).change() instanceof Change.None;
  }

  private SpaceView spaceOf(String name) {
    return Objects.requireNonNull(view.spaces().get(name), name);
  }

  private SeatAdvice advised(String space) {
    return Objects.requireNonNull(advice.get(space), space);
  }

  private int number(String node) {
    return Objects.requireNonNull(numbers.get(node), node);
  }
}
