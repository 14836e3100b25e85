package dev.berth.agent.turns.load;

import dev.berth.agent.core.Moment;
import dev.berth.agent.turns.core.LiveTurn;
import dev.berth.agent.turns.core.Seat;
import dev.berth.agent.turns.core.TurnRecord;
import dev.berth.agent.turns.core.TurnsState;
import dev.berth.agent.turns.core.TurnsState.Pending;
import dev.berth.api.turns.v1.SeatLoad;
import dev.berth.turns.queue.NodeLoad;
import dev.berth.turns.queue.Waiting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What each seat asks for and has. Two seats of a Space on one node are taken to ask for half. */
final class SeatLoads {
  private static final int LISTED = 4096;
  private static final long MINUTE = 60_000_000_000L;

  private final TurnsState state;
  private final Moment now;
  private final Map<String, SeatLoad.Builder> seats = new HashMap<>();

  private SeatLoads(TurnsState state, Moment now) {
    this.state = state;
    this.now = now;
  }

  static List<SeatLoad> of(TurnsState state, Moment now) {
    SeatLoads loads = new SeatLoads(state, now);
    loads.ask();
    state.book().turns().values().forEach(loads::runs);
    state.pending().values().forEach(loads::waits);
    loads.had();
    return new ArrayList<>(loads.seats.values()).stream().map(SeatLoad.Builder::build).toList();
  }

  private void ask() {
    Map<String, Long> demand = NodeLoad.demandMilli(state.queue(), now.monoNanos());
    Map<String, Integer> counts = new HashMap<>();
    state.book().seats().values().forEach(s -> counts.merge(s.space(), 1, Integer::sum));
    for (Seat seat : state.book().seats().values().stream().limit(LISTED).toList()) {
      long each =
          demand.getOrDefault(seat.space(), 0L) / Math.max(1, counts.getOrDefault(seat.space(), 1));
      seats.put(
          seat.lease(),
          SeatLoad.newBuilder()
              .setLeaseId(seat.lease())
              .setSpace(seat.space())
              .setDemandMilli(each));
    }
  }

  private void runs(LiveTurn turn) {
    SeatLoad.@Nullable Builder seat = seats.get(turn.request().lease());
    if (seat != null) {
      seat.setRunning(seat.getRunning() + 1);
      if (turn.phase() instanceof LiveTurn.Phase.Granted granted) {
        had(seat, now.monoNanos() - granted.at(), turn.devices().size());
      }
    }
  }

  private void waits(Pending call) {
    SeatLoad.@Nullable Builder seat = seats.get(call.request().lease());
    if (seat == null) {
      return;
    }
    switch (state.waitsFor(call.request().id(), now.monoNanos())) {
      case null -> seat.setWaitsQuota(seat.getWaitsQuota() + 1);
      case Waiting.Cause.NODE -> seat.setWaitsNode(seat.getWaitsNode() + 1);
      case Waiting.Cause.CONCURRENCY -> seat.setWaitsConcurrency(seat.getWaitsConcurrency() + 1);
    }
  }

  /** Records name the Space: a node has one seat of a Space as a rule. */
  private void had() {
    Map<String, SeatLoad.Builder> bySpace = new HashMap<>();
    seats.values().forEach(seat -> bySpace.put(seat.getSpace(), seat));
    for (TurnRecord turn : state.book().done()) {
      SeatLoad.@Nullable Builder seat = bySpace.get(turn.space());
      long within = turn.endedUnix() - (now.unixNanos() - MINUTE);
      if (seat != null && within > 0) {
        had(seat, Math.min(within, turn.measuredNanos()), turn.devices().size());
      }
    }
  }

  private static void had(SeatLoad.Builder seat, long nanos, int devices) {
    long milli = Math.min(MINUTE, nanos) * devices * 1000 / MINUTE;
    seat.setBusyMilli(seat.getBusyMilli() + milli);
  }
}
