package dev.berth.turns.seats;

import dev.berth.collect.OrderedMap;
import dev.berth.turns.seats.SeatAdvice.Change;
import dev.berth.turns.seats.SeatView.NodeView;
import dev.berth.turns.seats.SeatView.Seat;
import dev.berth.turns.seats.SeatView.SpaceView;
import dev.berth.turns.seats.SeatView.Use;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Leaders that follow each other and advise, an owner that follows in its own time or not at all,
 * agents that fall silent, and demand that comes and goes.
 */
final class SeatWorld {
  static final long SECOND = 1_000_000_000L;
  private static final long CPU = 1000;

  /** A placement; {@code target} is where it moves to, if it does. */
  private record Placed(String id, int slot, String node, String target, long movedAt) {}

  private final Random random;
  private final Map<String, List<Placed>> spaces = new TreeMap<>();
  private final Map<String, Long> demand = new HashMap<>();
  private final Map<String, Long> changedAt = new HashMap<>();
  private final Map<String, Integer> heardAgain = new HashMap<>();
  private final boolean[] deaf;
  private OrderedMap<String, SeatAdvice> advice = OrderedMap.empty();
  long now = 1_000_000 * SECOND;
  int changes;
  int moves;
  int most;
  long shortestPause = Long.MAX_VALUE;

  SeatWorld(long seed, int nodes, int count) {
    random = new Random(seed);
    deaf = new boolean[count];
    for (int n = 0; n < nodes; n++) {
      heardAgain.put("node-" + n, 0);
    }
    for (int s = 0; s < count; s++) {
      deaf[s] = random.nextInt(6) == 0;
      List<Placed> placed = new ArrayList<>();
      placed.add(new Placed("s" + s + "/0", 0, "node-" + random.nextInt(nodes), "", 0));
      spaces.put("s" + s, placed);
      demand.put("s" + s, 0L);
    }
  }

  void step(int number) {
    now += 2 * SECOND;
    if (random.nextInt(150) == 0) {
      advice = OrderedMap.empty();
    }
    demand.replaceAll((space, is) -> random.nextInt(60) == 0 ? random.nextLong(1500) : is);
    heardAgain.replaceAll((node, at) -> random.nextInt(80) == 0 ? number + 8 : at);
    SeatAdvisor.Decision decision = SeatAdvisor.step(SeatPolicy.LIVE, advice, view(number), now);
    advice = decision.advice();
    decision.moves().forEach(this::reserve);
    for (String space : spaces.keySet()) {
      finishMoves(space);
      follow(space);
      most = Math.max(most, slots(space).size());
    }
  }

  OrderedMap<String, SeatAdvice> advice() {
    return advice;
  }

  SortedSet<Integer> slots(String space) {
    TreeSet<Integer> slots = new TreeSet<>();
    placed(space).forEach(p -> slots.add(p.slot()));
    return slots;
  }

  SortedMap<String, Integer> counts() {
    SortedMap<String, Integer> counts = new TreeMap<>();
    spaces.keySet().forEach(space -> counts.put(space, slots(space).size()));
    return counts;
  }

  private List<Placed> placed(String space) {
    return spaces.getOrDefault(space, List.of());
  }

  private SeatView view(int number) {
    Map<String, NodeView> nodes = new TreeMap<>();
    heardAgain.forEach(
        (node, at) ->
            nodes.put(node, new NodeView(free(node), 1 << 20, 2, number >= at, wait(node))));
    Map<String, SpaceView> views = new TreeMap<>();
    spaces.forEach((space, placed) -> views.put(space, view(space, placed, number)));
    return new SeatView(nodes, views);
  }

  private SpaceView view(String space, List<Placed> placed, int number) {
    List<Seat> seats = new ArrayList<>();
    for (Placed p : placed) {
      boolean known = number >= heardAgain.getOrDefault(p.node(), 0);
      long each = demand.getOrDefault(space, 0L) / placed.size();
      int waiting = each > 600 ? 3 : 0;
      Use use = new Use(known, each, waiting, each == 0 || random.nextInt(4) == 0);
      seats.add(new Seat(p.id(), p.slot(), p.node(), known ? use : Use.UNKNOWN));
      if (!p.target().isEmpty()) {
        seats.add(new Seat(p.id() + ".move", p.slot(), p.target(), Use.UNKNOWN));
      }
    }
    return new SpaceView(CPU, 1024, seats, placed.stream().allMatch(p -> p.target().isEmpty()));
  }

  private long free(String node) {
    long held =
        spaces.values().stream()
            .flatMap(List::stream)
            .filter(p -> p.node().equals(node) || p.target().equals(node))
            .count();
    return (8 - held) * CPU;
  }

  private long wait(String node) {
    long asked = 0;
    for (Map.Entry<String, List<Placed>> entry : spaces.entrySet()) {
      for (Placed p : entry.getValue()) {
        long each = demand.getOrDefault(entry.getKey(), 0L) / entry.getValue().size();
        asked += p.node().equals(node) ? each : 0;
      }
    }
    return Math.max(0, asked - 1000) * SECOND / 10;
  }

  private void reserve(Change.Moving moving) {
    spaces.replaceAll(
        (space, placed) ->
            placed.stream()
                .map(
                    p ->
                        p.id().equals(moving.placement()) && random.nextInt(4) > 0
                            ? new Placed(p.id(), p.slot(), p.node(), moving.node(), now)
                            : p)
                .toList());
  }

  private void finishMoves(String space) {
    List<Placed> after = new ArrayList<>();
    for (Placed p : placed(space)) {
      boolean done = !p.target().isEmpty() && now - p.movedAt() > 30 * SECOND;
      after.add(done ? new Placed(p.id() + ".move", p.slot(), p.target(), "", 0) : p);
      if (done) {
        moves++;
        changed(space);
      }
    }
    spaces.put(space, after);
  }

  private void follow(String space) {
    SeatAdvice wanted = advice.get(space);
    boolean deafOne = deaf[Integer.parseInt(space.substring(1))];
    if (wanted == null || deafOne || wanted.slots().equals(slots(space)) || random.nextInt(3) > 0) {
      return;
    }
    List<Placed> after = new ArrayList<>(placed(space));
    after.removeIf(p -> !wanted.slots().contains(p.slot()));
    for (int slot : wanted.slots()) {
      if (!slots(space).contains(slot)) {
        after.add(new Placed(space + "/" + slot + "@" + now, slot, node(wanted), "", 0));
      }
    }
    spaces.put(space, after);
    changed(space);
  }

  private String node(SeatAdvice wanted) {
    return wanted.change() instanceof Change.Adding adding
        ? adding.node()
        : "node-" + random.nextInt(heardAgain.size());
  }

  private void changed(String space) {
    changes++;
    Long last = changedAt.put(space, now);
    shortestPause = last == null ? shortestPause : Math.min(shortestPause, now - last);
  }
}
