package dev.berth.agent.turns.journal;

import dev.berth.agent.turns.core.Book;
import dev.berth.agent.turns.core.DeviceUse;
import dev.berth.agent.turns.core.Fairness;
import dev.berth.agent.turns.core.LiveTurn;
import dev.berth.agent.turns.core.ProcessId;
import dev.berth.agent.turns.core.Seat;
import dev.berth.agent.turns.core.TurnRecord;
import dev.berth.agent.turns.core.Worker;
import dev.berth.agent.turns.quota.Allowance;
import dev.berth.agent.turns.quota.Draw;
import dev.berth.agent.turns.quota.Escrow;
import dev.berth.agent.turns.quota.QuotaRules;
import dev.berth.agent.turns.quota.Reservation;
import dev.berth.agent.turns.quota.Tally;
import dev.berth.collect.OrderedMap;
import dev.berth.turns.model.Size;
import dev.berth.turns.queue.Runs;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A book in lists. What is reserved for turns that wait is left out: they end with the agent.
 *
 * @param tallies and {@code rules}, {@code uses}, {@code queue}: absent in journals of former
 *     versions
 */
record BookSnapshot(
    String bootId,
    List<Seat> seats,
    List<LiveTurn> turns,
    List<Worker> workers,
    List<Allowance> allowances,
    List<Draw> draws,
    Map<String, Size> sizes,
    Map<String, Runs> runs,
    @Nullable Map<String, Tally> tallies,
    @Nullable QuotaRules rules,
    @Nullable List<UsedDevice> uses,
    @Nullable Queue queue,
    List<TurnRecord> done) {
  record Queue(long virtualTime, Map<String, Fairness.Ahead> tags) {
    Fairness fairness() {
      return new Fairness(virtualTime, map(tags));
    }
  }

  record UsedDevice(int device, DeviceUse use) {}

  static BookSnapshot of(Book b) {
    return new BookSnapshot(
        b.bootId(),
        List.copyOf(b.seats().values()),
        List.copyOf(b.turns().values()),
        List.copyOf(b.workers().values()),
        List.copyOf(b.escrow().allowances().values()),
        List.copyOf(b.escrow().draws().values()),
        b.sizes(),
        b.runs(),
        b.escrow().tallies(),
        b.rules(),
        b.uses().entrySet().stream().map(e -> new UsedDevice(e.getKey(), e.getValue())).toList(),
        new Queue(b.fairness().virtualTime(), b.fairness().tags()),
        b.done());
  }

  Book book() {
    OrderedMap<String, Reservation> reservations = OrderedMap.empty();
    for (LiveTurn turn : turns) {
      if (!(turn.phase() instanceof LiveTurn.Phase.Ending)) {
        reservations = reservations.with(turn.id(), turn.reservation());
      }
    }
    return new Book(
        bootId,
        by(seats, Seat::lease),
        by(turns, LiveTurn::id),
        this.<ProcessId, Worker>by(workers, Worker::process),
        new Escrow(
            by(allowances, Allowance::drawId),
            reservations,
            by(draws, Draw::drawId),
            map(tallies == null ? Map.of() : tallies)),
        map(sizes),
        map(runs),
        rules == null ? QuotaRules.STANDARD : rules,
        usesByDevice(),
        queue == null ? Fairness.LEVEL : queue.fairness(),
        done);
  }

  private OrderedMap<Integer, DeviceUse> usesByDevice() {
    OrderedMap<Integer, DeviceUse> all = OrderedMap.empty();
    for (UsedDevice used : uses == null ? List.<UsedDevice>of() : uses) {
      all = all.with(used.device(), used.use());
    }
    return all;
  }

  private <K extends Comparable<K>, V> OrderedMap<K, V> by(
      Collection<V> values, Function<V, K> key) {
    OrderedMap<K, V> all = OrderedMap.empty();
    for (V value : values) {
      all = all.with(key.apply(value), value);
    }
    return all;
  }

  private static <V> OrderedMap<String, V> map(Map<String, V> entries) {
    OrderedMap<String, V> all = OrderedMap.empty();
    for (Map.Entry<String, V> entry : entries.entrySet()) {
      all = all.with(entry.getKey(), entry.getValue());
    }
    return all;
  }
}
