package dev.berth.e2e.replay.turns;

import dev.berth.turns.queue.ExpectedWait;
import dev.berth.turns.queue.NodeLoad;
import dev.berth.turns.queue.QueueState;
import dev.berth.turns.seats.SeatEffect;
import dev.berth.turns.seats.SeatEvent;
import dev.berth.turns.seats.SeatPlanner;
import dev.berth.turns.seats.SeatPolicy;
import dev.berth.turns.seats.SeatState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The production planner of seats, with pods that take a fixed time to start. */
final class ReplayedSeats {
  /** Pods of ZeroGPU Spaces hold no device: CPU and memory of the trace's Spaces are not known. */
  private static final long POD_CPU_MILLI = 1000;

  private static final long POD_MEMORY_MIB = 8 * 1024;

  private final Timeline time;
  private final long startNanos;
  private final Consumer<String> changed;
  private final Map<String, Long> lastChange = new HashMap<>();
  private final List<SeatEffect.Drain> draining = new ArrayList<>();
  private SeatState state;
  private int most;
  private int changes;
  private long shortestPause = Long.MAX_VALUE;

  /** {@code changed} hears of each Space whose seats serve elsewhere than before. */
  ReplayedSeats(Timeline time, SeatPolicy policy, long startNanos, Consumer<String> changed) {
    this.time = time;
    this.startNanos = startNanos;
    this.changed = changed;
    this.state = SeatState.empty(policy);
  }

  SeatState state() {
    return state;
  }

  void node(int node, int devices) {
    step(new SeatEvent.NodeUp(node, 128_000, 1024 * 1024, devices));
  }

  /** Hosted since before the first call: its pod has started. */
  void host(String space) {
    SeatEvent up = new SeatEvent.SpaceUp(space, POD_CPU_MILLI, POD_MEMORY_MIB);
    for (SeatEffect effect : step(up)) {
      if (effect instanceof SeatEffect.Add add) {
        ready(add);
      }
    }
  }

  void observe(QueueState queue) {
    Map<Integer, Long> waits = new TreeMap<>();
    state.nodes().keySet().forEach(n -> waits.put(n, ExpectedWait.nanos(queue, n, time.now())));
    end(queue);
    var seen =
        new SeatEvent.Observed(
            NodeLoad.demandMilli(queue, time.now()), NodeLoad.waiting(queue), waits);
    step(seen).forEach(this::carryOut);
  }

  /** Pods end when nothing of theirs is under way. */
  private void end(QueueState queue) {
    draining.removeIf(
        drain -> {
          boolean idle = !NodeLoad.underWay(queue, drain.space(), drain.node());
          if (idle) {
            step(new SeatEvent.SeatGone(drain.space(), drain.node()));
          }
          return idle;
        });
  }

  private void carryOut(SeatEffect effect) {
    switch (effect) {
      case SeatEffect.Add add -> {
        count(add.space());
        time.at(time.now() + startNanos, Timeline.Kind.SEAT, () -> ready(add));
      }
      case SeatEffect.Drain drain -> {
        count(drain.space());
        draining.add(drain);
        changed.accept(drain.space());
      }
      case SeatEffect.Move move -> throw new IllegalStateException("Drained first: " + move);
      case SeatEffect.NoRoom none -> throw new IllegalStateException("No room: " + none);
    }
  }

  private void ready(SeatEffect.Add add) {
    step(new SeatEvent.SeatReady(add.space(), add.node()));
    changed.accept(add.space());
  }

  private List<SeatEffect> step(SeatEvent event) {
    SeatPlanner.Decision decision = SeatPlanner.step(state, event, time.now());
    state = decision.state();
    return decision.effects();
  }

  private void count(String space) {
    changes++;
    most = Math.max(most, state.seats(space));
    Long last = lastChange.put(space, time.now());
    shortestPause = last == null ? shortestPause : Math.min(shortestPause, time.now() - last);
  }

  String report() {
    return "%d changes of seats, at most %d seats of a Space at once, %.0f s at least between two changes of one"
        .formatted(changes, Math.max(1, most), shortestPause / 1e9);
  }
}
