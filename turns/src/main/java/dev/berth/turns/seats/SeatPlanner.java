package dev.berth.turns.seats;

import dev.berth.collect.OrderedMap;
import dev.berth.turns.seats.SeatEvent.NodeDown;
import dev.berth.turns.seats.SeatEvent.NodeUp;
import dev.berth.turns.seats.SeatEvent.Observed;
import dev.berth.turns.seats.SeatEvent.SeatGone;
import dev.berth.turns.seats.SeatEvent.SeatReady;
import dev.berth.turns.seats.SeatEvent.SpaceDown;
import dev.berth.turns.seats.SeatEvent.SpaceUp;
import dev.berth.turns.seats.SeatState.Node;
import dev.berth.turns.seats.SeatState.Phase;
import dev.berth.turns.seats.SeatState.Seats;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.UnaryOperator;

/**
 * Where the seats of Spaces are. A Space starts with one, on the node with room whose devices are
 * asked for least. A Space in demand gets more, one at a time; so does one whose turns wait on busy
 * nodes while another node is free. One that has as many as it may is moved off the busiest node
 * when another is far less busy. One no longer in demand loses all but one.
 */
public final class SeatPlanner {
  /** A move costs a seat while the new pod starts, so it takes more than an addition. */
  private static final int MOVE_GAPS = 4;

  public record Decision(SeatState state, List<SeatEffect> effects) {}

  private final long now;
  private final List<SeatEffect> effects = new ArrayList<>();
  private SeatState state;

  private SeatPlanner(SeatState state, long now) {
    this.state = state;
    this.now = now;
  }

  /**
   * A pure function.
   *
   * @param now unix nanoseconds
   */
  public static Decision step(SeatState state, SeatEvent event, long now) {
    SeatPlanner planner = new SeatPlanner(state, now);
    switch (event) {
      case NodeUp e -> planner.node(e);
      case NodeDown e -> planner.gone(e.node());
      case SpaceUp e -> planner.host(e);
      case SpaceDown e -> planner.end(e.space());
      case SeatReady e -> planner.ready(e);
      case SeatGone e -> planner.seat(e.space(), s -> s.without(e.node()));
      case Observed e -> planner.tend(e);
    }
    return new Decision(planner.state, List.copyOf(planner.effects));
  }

  private void node(NodeUp event) {
    Node node = new Node(event.cpuMilli(), event.memoryMib(), event.devices());
    state = new SeatState(state.policy(), state.nodes().with(event.node(), node), state.spaces());
  }

  private void gone(int node) {
    for (Map.Entry<String, Seats> entry : state.spaces().entrySet()) {
      state = state.with(entry.getKey(), entry.getValue().without(node));
    }
    state = new SeatState(state.policy(), state.nodes().without(node), state.spaces());
  }

  private void host(SpaceUp event) {
    if (!state.spaces().containsKey(event.space())) {
      Seats none =
          new Seats(
              event.cpuMilli(),
              event.memoryMib(),
              0,
              Seats.NEVER,
              state.policy().most(),
              OrderedMap.empty());
      state = state.with(event.space(), none);
      first(event.space(), none);
    }
  }

  private void end(String space) {
    Seats seats = state.spaces().get(space);
    if (seats != null) {
      seats.phases().keySet().forEach(n -> effects.add(new SeatEffect.Drain(space, n)));
      state = new SeatState(state.policy(), state.nodes(), state.spaces().without(space));
    }
  }

  private void ready(SeatReady event) {
    seat(
        event.space(),
        s ->
            s.phases().get(event.node()) == Phase.STARTING
                ? s.with(event.node(), Phase.SERVING)
                : s);
  }

  private void seat(String space, UnaryOperator<Seats> change) {
    Seats seats = state.spaces().get(space);
    if (seats != null) {
      state = state.with(space, change.apply(seats));
    }
  }

  private void tend(Observed seen) {
    for (Map.Entry<String, Seats> entry : state.spaces().entrySet()) {
      long demand = seen.demandMilli().getOrDefault(entry.getKey(), 0L);
      state = state.with(entry.getKey(), entry.getValue().demanding(demand));
    }
    for (Map.Entry<String, Seats> entry : state.spaces().entrySet()) {
      Seats seats = entry.getValue();
      if (seats.phases().isEmpty()) {
        first(entry.getKey(), seats);
      } else if (mayChange(seats)) {
        tend(entry.getKey(), seats, seen);
      }
    }
  }

  private boolean mayChange(Seats seats) {
    return seats.changedAt() == Seats.NEVER
        || now - seats.changedAt() >= state.policy().changeEveryNanos();
  }

  private void first(String space, Seats seats) {
    Room.best(state, seats, node -> true)
        .ifPresentOrElse(room -> add(space, seats, room.node()), () -> refuse(space, seats));
  }

  private void refuse(String space, Seats seats) {
    Room most =
        state.nodes().entrySet().stream()
            .map(n -> Room.of(state, n.getKey(), n.getValue()))
            .max(Comparator.comparingLong(Room::freeMemoryMib))
            .orElse(new Room(0, 0, 0, 0, 0));
    effects.add(
        new SeatEffect.NoRoom(
            space, seats.cpuMilli(), seats.memoryMib(), most.freeCpuMilli(), most.freeMemoryMib()));
  }

  private void add(String space, Seats seats, int node) {
    state = state.with(space, seats.with(node, Phase.STARTING).changed(now));
    effects.add(new SeatEffect.Add(space, node));
  }

  private void tend(String space, Seats seats, Observed seen) {
    SeatPolicy policy = state.policy();
    SortedSet<Integer> staying = seats.staying();
    if (staying.isEmpty()) {
      return;
    }
    int busiest = busiest(staying, seen);
    boolean waits = seen.waitingSpaces().containsKey(space);
    boolean cool = !waits && seats.demandMilli() < policy.coolMilli();
    boolean full = seats.phases().size() >= seats.most();
    if (cool && staying.size() > 1) {
      drain(space, seats, busiest);
    } else if (!full && seats.demandMilli() > policy.hotMilli()) {
      Room.best(state, seats, n -> true).ifPresent(room -> add(space, seats, room.node()));
    } else if (!full && waits) {
      relief(seats, seen, busiest, 1).ifPresent(room -> add(space, seats, room.node()));
    } else if (waits && (policy.targetFirst() || staying.size() > 1)) {
      relief(seats, seen, busiest, MOVE_GAPS)
          .ifPresent(room -> move(space, seats, busiest, room.node()));
    }
  }

  /** A node with room where turns wait less than on the busiest, by so many gaps. */
  private Optional<Room> relief(Seats seats, Observed seen, int busiest, int gaps) {
    long below = waits(seen, busiest) - gaps * state.policy().gapNanos();
    return Room.best(state, seats, node -> waits(seen, node) < below);
  }

  private void move(String space, Seats seats, int from, int to) {
    if (!state.policy().targetFirst()) {
      drain(space, seats, from);
      return;
    }
    Seats moving = seats.with(from, Phase.DRAINING).with(to, Phase.STARTING).changed(now);
    state = state.with(space, moving);
    effects.add(new SeatEffect.Move(space, from, to));
  }

  private void drain(String space, Seats seats, int node) {
    state = state.with(space, seats.with(node, Phase.DRAINING).changed(now));
    effects.add(new SeatEffect.Drain(space, node));
  }

  private static int busiest(SortedSet<Integer> nodes, Observed seen) {
    return nodes.stream()
        .max(Comparator.comparingLong((Integer n) -> waits(seen, n)).thenComparing(n -> n))
        .orElseThrow();
  }

  private static long waits(Observed seen, int node) {
    return seen.waitNanos().getOrDefault(node, 0L);
  }
}
