package dev.berth.agent.turns.core;

import dev.berth.agent.turns.core.LiveTurn.Phase;
import dev.berth.agent.turns.quota.Escrow;
import dev.berth.agent.turns.quota.QuotaRules;
import dev.berth.collect.OrderedMap;
import dev.berth.turns.model.Size;
import dev.berth.turns.queue.Runs;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * All that must survive the agent; rebuilt from the journal by {@link #with(TurnFact)}. Immutable.
 *
 * @param bootId of the machine, when it was written last
 * @param seats by lease
 * @param turns that have devices, by id
 * @param sizes that a task of a seat asked for, where not large, by {@link #task}
 * @param runs of each Space, for what its next turns are likely to take
 * @param rules of the quota, as last heard
 * @param uses of each device by turns
 * @param fairness of accounts
 * @param done the newest turns that are over, oldest first
 */
public record Book(
    String bootId,
    OrderedMap<String, Seat> seats,
    OrderedMap<String, LiveTurn> turns,
    OrderedMap<ProcessId, Worker> workers,
    Escrow escrow,
    OrderedMap<String, Size> sizes,
    OrderedMap<String, Runs> runs,
    QuotaRules rules,
    OrderedMap<Integer, DeviceUse> uses,
    Fairness fairness,
    List<TurnRecord> done) {
  public static final int DONE_KEPT = 200;
  private static final int SIZES_KEPT = 4096;

  public static final Book EMPTY =
      new Book(
          "",
          OrderedMap.empty(),
          OrderedMap.empty(),
          OrderedMap.empty(),
          Escrow.EMPTY,
          OrderedMap.empty(),
          OrderedMap.empty(),
          QuotaRules.STANDARD,
          OrderedMap.empty(),
          Fairness.LEVEL,
          List.of());

  public Book {
    done = List.copyOf(done);
  }

  /** Tasks are told apart within a seat alone. */
  static String task(String lease, String task) {
    return lease + "/" + task;
  }

  /** The worker that a turn has now. */
  public @Nullable Worker workerOf(String turn) {
    for (Worker w : workers.values()) {
      if (turn.equals(w.turn())) {
        return w;
      }
    }
    return null;
  }

  public Book with(TurnFact fact) {
    return switch (fact) {
      case TurnFact.Booted f -> booted(f.bootId());
      case TurnFact.SeatOpened f -> seats(seats.with(f.seat().lease(), f.seat()));
      case TurnFact.SeatClosed f -> forgetSizes(f.lease()).seats(seats.without(f.lease()));
      case TurnFact.AppStarted f -> forgetSizes(f.lease());
      case TurnFact.DeviceSeen f -> uses(uses.with(f.device(), DeviceUse.from(f.at())));
      case TurnFact.SizeSeen f -> sized(f);
      case TurnFact.Held f -> held(f);
      case TurnFact.Granted f -> granted(f);
      case TurnFact.Allowed f -> allowed(f);
      case TurnFact.Ended f -> ended(f);
      case TurnFact.Freed f -> freed(f.turn(), f.at());
      case TurnFact.Charged f ->
          fairness(
              fairness.with(f.account(), new Fairness.Ahead(f.weight(), f.tag()), f.virtualTime()));
      case TurnFact.WorkerEnding f -> worker(f.process(), Worker::end);
      case TurnFact.WorkerGone f -> workers(workers.without(f.process()));
      case TurnFact.PolicyHeard f -> rules(f.rules());
      case TurnFact.DrawAsked f -> escrow(escrow.asked(f.draw()));
      case TurnFact.DrawDenied f -> escrow(escrow.denied(f.drawId()));
      case TurnFact.AllowanceGiven f -> escrow(escrow.given(f.allowance()));
      case TurnFact.AllowanceClosed f -> escrow(escrow.closed(f.drawId()));
      case TurnFact.AllowanceForgotten f -> escrow(escrow.forgotten(f.drawId()));
    };
  }

  /** No process outlives the machine. */
  private Book booted(String id) {
    OrderedMap<ProcessId, Worker> kept = id.equals(bootId) ? workers : OrderedMap.empty();
    return new Book(id, seats, turns, kept, escrow, sizes, runs, rules, uses, fairness, done);
  }

  private Book sized(TurnFact.SizeSeen f) {
    String key = task(f.lease(), f.task());
    if (f.size() == Size.LARGE) {
      return sizes(sizes.without(key));
    }
    return sizes.size() < SIZES_KEPT ? sizes(sizes.with(key, f.size())) : this;
  }

  private Book forgetSizes(String lease) {
    OrderedMap<String, Size> kept = sizes;
    for (String key : sizes.keySet()) {
      kept = key.startsWith(lease + "/") ? kept.without(key) : kept;
    }
    return sizes(kept);
  }

  private Book held(TurnFact.Held f) {
    LiveTurn turn =
        new LiveTurn(
            f.request(), f.reservation(), f.devices(), f.queuedAt(), false, new Phase.Clearing());
    OrderedMap<Integer, DeviceUse> next = uses;
    for (int device : f.devices()) {
      DeviceUse use = next.getOrDefault(device, DeviceUse.from(f.at()));
      next = next.with(device, use.taken(turn.id(), f.at()));
    }
    return turns(turns.with(turn.id(), turn))
        .escrow(escrow.reserved(turn.id(), f.reservation()))
        .uses(next);
  }

  private Book granted(TurnFact.Granted f) {
    LiveTurn turn = turn(f.turn()).warm(f.warm() != null).in(new Phase.Granted(f.at(), f.unix()));
    Book next = turns(turns.with(f.turn(), turn));
    return f.warm() == null ? next : next.worker(f.warm(), w -> w.working(f.turn(), f.at()));
  }

  /** A second process takes the place of the first, which has to go. */
  private Book allowed(TurnFact.Allowed f) {
    LiveTurn turn = turn(f.turn());
    Worker former = workerOf(f.turn());
    Book next = this;
    if (former != null) {
      next = worker(former.process(), w -> w.working(null, f.at()).end());
    }
    TurnRequest r = turn.request();
    Worker worker =
        new Worker(
            f.process(), r.lease(), r.space(), r.task(), turn.devices(), f.turn(), f.at(), false);
    return next.workers(next.workers.with(f.process(), worker));
  }

  private Book ended(TurnFact.Ended f) {
    TurnRecord record = f.record();
    List<TurnRecord> all = new ArrayList<>(done);
    all.add(record);
    Runs known = runs.getOrDefault(record.space(), Runs.NONE);
    boolean learn = record.reason() == EndReason.DONE || record.reason() == EndReason.OVERRUN;
    return new Book(
        bootId,
        seats,
        turns.with(record.id(), turn(record.id()).in(new Phase.Ending())),
        workers,
        escrow.settled(record.id(), record.settledNanos(), f.at()).pruned(record.endedUnix()),
        sizes,
        learn ? runs.with(record.space(), known.with(record.measuredNanos())) : runs,
        rules,
        uses,
        fairness,
        all.subList(Math.max(0, all.size() - DONE_KEPT), all.size()));
  }

  private Book freed(String id, long at) {
    Worker worker = workerOf(id);
    Book next = worker == null ? this : worker(worker.process(), w -> w.working(null, at));
    OrderedMap<Integer, DeviceUse> used = uses;
    for (int device : turn(id).devices()) {
      DeviceUse use = used.get(device);
      used = use == null ? used : used.with(device, use.freed(id, at));
    }
    return next.turns(turns.without(id)).uses(used);
  }

  private LiveTurn turn(String id) {
    return Objects.requireNonNull(turns.get(id), id);
  }

  private Book worker(ProcessId process, UnaryOperator<Worker> change) {
    Worker worker = workers.get(process);
    return worker == null ? this : workers(workers.with(process, change.apply(worker)));
  }

  private Book seats(OrderedMap<String, Seat> next) {
    return new Book(bootId, next, turns, workers, escrow, sizes, runs, rules, uses, fairness, done);
  }

  private Book turns(OrderedMap<String, LiveTurn> next) {
    return new Book(bootId, seats, next, workers, escrow, sizes, runs, rules, uses, fairness, done);
  }

  private Book workers(OrderedMap<ProcessId, Worker> next) {
    return new Book(bootId, seats, turns, next, escrow, sizes, runs, rules, uses, fairness, done);
  }

  Book escrow(Escrow next) {
    return new Book(bootId, seats, turns, workers, next, sizes, runs, rules, uses, fairness, done);
  }

  private Book fairness(Fairness next) {
    return new Book(bootId, seats, turns, workers, escrow, sizes, runs, rules, uses, next, done);
  }

  private Book uses(OrderedMap<Integer, DeviceUse> next) {
    return new Book(
        bootId, seats, turns, workers, escrow, sizes, runs, rules, next, fairness, done);
  }

  private Book rules(QuotaRules next) {
    return new Book(bootId, seats, turns, workers, escrow, sizes, runs, next, uses, fairness, done);
  }

  private Book sizes(OrderedMap<String, Size> next) {
    return new Book(bootId, seats, turns, workers, escrow, next, runs, rules, uses, fairness, done);
  }
}
