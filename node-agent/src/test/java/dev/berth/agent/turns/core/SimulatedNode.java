package dev.berth.agent.turns.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.agent.core.Moment;
import dev.berth.agent.turns.core.LiveTurn.Phase;
import dev.berth.agent.turns.quota.Allowance;
import dev.berth.agent.turns.quota.Draw;
import dev.berth.agent.turns.quota.QuotaRules;
import dev.berth.agent.turns.quota.QuotaRules.TierRule;
import dev.berth.agent.turns.quota.Reservation;
import dev.berth.turns.model.Device;
import dev.berth.turns.model.Size;
import dev.berth.turns.queue.QueuePolicy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * One node in virtual time (its nanosecond is our millisecond): the core, a journal, processes,
 * clients that do as they like, a keeper of quota that is not always there, and an agent that may
 * crash between any two steps. After each step it checks what must always hold.
 */
final class SimulatedNode {
  private static final long GRACE = 200;
  private static final long IDLE = 4000;

  /** A turn at its longest, its kill, and what crashes take from the agent. */
  private static final long RETURN_WITHIN = 20_000;

  private static final List<String> VISITORS = List.of("ann", "bob", "ip:s/0");
  private static final TurnPolicy POLICY =
      new TurnPolicy(
          new QueuePolicy(6000, 200, 4200, 0.8, 10, 850, 500, 60_000, 0, 0),
          6000,
          1500,
          GRACE,
          IDLE,
          1000,
          1000,
          500);

  /** Planted bugs of what is around the core. */
  enum Mutant {
    NONE,
    /** A lease is prepared as soon as its owner wants the device. */
    DOES_NOT_WAIT,
    /** The core is not told that the device is wanted, only that it may not be used. */
    KEEPS_WARM_WORKERS
  }

  /** The last device is dedicated; turns have it while nobody wants it. */
  private static final class Loan {
    boolean wanted;
    boolean leased;
    long since;
  }

  private record Action(long at, long number, boolean ofAgent, int life, Runnable work) {}

  /** A process of an app, and the devices on which it was allowed. */
  private static final class Proc {
    final String lease;
    final Set<Integer> on = new HashSet<>();
    boolean alive = true;

    Proc(String lease) {
      this.lease = lease;
    }
  }

  private final Random random;
  private final PriorityQueue<Action> actions =
      new PriorityQueue<>(
          (a, b) ->
              a.at() != b.at()
                  ? Long.compare(a.at(), b.at())
                  : Long.compare(a.number(), b.number()));
  private final List<TurnFact> journal = new ArrayList<>();
  private final Map<ProcessId, Proc> processes = new TreeMap<>();
  private final Set<ProcessId> using = new HashSet<>();
  private final Map<String, Map<String, ProcessId>> warm = new HashMap<>();
  private final Map<String, String> payers = new HashMap<>();
  private final Map<String, Long> paid = new HashMap<>();
  private final SimulatedKeeper keeper = new SimulatedKeeper();
  private final int devices;
  private final Mutant mutant;
  private final Loan loan = new Loan();
  private TurnsState state = TurnsState.of(POLICY, Book.EMPTY);
  private long now = 1;
  private long wall;
  private long numbers;
  private int life;
  private String boot = "b0";
  private boolean quiet;
  int granted;
  int warmGrants;
  int crashes;
  int leases;

  SimulatedNode(long seed, Mutant mutant) {
    this.mutant = mutant;
    random = new Random(seed);
    devices = 2 + random.nextInt(3);
    startAgent();
    for (int i = 0; i < 3; i++) {
      openSeat(i);
    }
  }

  void run(long until) {
    every(50, () -> step(new TurnEvent.Tick()));
    every(100, this::watch);
    every(300, this::settle);
    later(0, this::visit);
    later(random.nextInt(4000), this::trouble);
    later(random.nextInt(6000), this::want);
    drain(until);
  }

  /** No more visitors and no more trouble: everything comes back in bounded time. */
  void settleDown() {
    quiet = true;
    List.copyOf(state.book().seats().keySet()).stream()
        .filter(_ -> random.nextInt(3) == 0)
        .forEach(lease -> step(new TurnEvent.SeatClosed(lease)));
    drain(now + 6000 + 20_000 + IDLE + 5000);
    assertThat(loan.wanted).isEqualTo(loan.leased);
    assertThat(state.pending()).isEmpty();
    assertThat(state.book().turns()).isEmpty();
    assertThat(state.book().workers()).isEmpty();
    assertThat(state.queue().runningTurns()).isZero();
    assertThat(state.queue().waitingTurns()).isZero();
    assertThat(state.book().escrow().reservations()).isEmpty();
    assertThat(state.book().escrow().draws()).isEmpty();
    assertThat(state.book().escrow().allowances()).isEmpty();
    assertThat(using).isEmpty();
    keeper.checkNothingIsOut();
    paid.forEach((visitor, sum) -> assertThat(keeper.used(visitor)).isEqualTo(sum));
    assertThat(state.book().escrow().tallies().keySet()).isSubsetOf(paid.keySet());
    state
        .book()
        .escrow()
        .tallies()
        .forEach((visitor, t) -> assertThat(t.nanos()).isEqualTo(keeper.used(visitor, t)));
    paid.values().forEach(sum -> assertThat(sum).isLessThanOrEqualTo(SimulatedKeeper.BASE));
  }

  private void drain(long until) {
    while (!actions.isEmpty() && actions.peek().at() <= until) {
      Action next = actions.poll();
      now = Math.max(now, next.at());
      if (!next.ofAgent() || next.life() == life) {
        next.work().run();
      }
    }
    now = Math.max(now, until);
  }

  private void later(long delay, Runnable work) {
    actions.add(new Action(now + delay, numbers++, false, life, work));
  }

  /** Work of the agent's process ends with it. */
  private void agentLater(long delay, Runnable work) {
    actions.add(new Action(now + delay, numbers++, true, life, work));
  }

  private void every(long period, Runnable work) {
    later(
        period,
        () -> {
          work.run();
          every(period, work);
        });
  }

  private Moment moment() {
    return new Moment(now, now + wall);
  }

  private void step(TurnEvent event) {
    Turns.Step step = Turns.step(state, event, moment());
    journal.addAll(step.facts());
    state = step.state();
    step.facts().forEach(this::heard);
    check();
    step.effects().forEach(this::perform);
  }

  private void heard(TurnFact fact) {
    if (fact instanceof TurnFact.Ended ended) {
      TurnRecord r = ended.record();
      assertThat(r.visitor()).isEqualTo(payers.get(r.id()));
      assertThat(r.settledNanos()).isBetween(0L, r.reservedNanos());
      assertThat(r.settledNanos()).isLessThanOrEqualTo(r.measuredNanos() * r.devices().size());
      paid.merge(r.visitor(), r.settledNanos(), Long::sum);
    } else if (fact instanceof TurnFact.Granted g) {
      granted++;
      warmGrants += g.warm() == null ? 0 : 1;
    }
  }

  private void check() {
    Map<Integer, String> holder = new HashMap<>();
    for (LiveTurn turn : state.book().turns().values()) {
      assertThat(state.queue().knows(turn.id())).as("the queue knows %s", turn).isTrue();
      for (int device : turn.devices()) {
        assertThat(holder.put(device, turn.id())).as("device %d held twice", device).isNull();
      }
      if (turn.phase() instanceof Phase.Granted) {
        using.forEach(id -> checkAlone(turn, id));
      }
    }
    if (loan.leased) {
      checkNobodyIsOnTheLeasedDevice();
    }
    state.book().uses().forEach(this::checkUse);
    for (Allowance a : state.book().escrow().allowances().values()) {
      long reserved = 0;
      int runs = 0;
      for (Reservation r : state.book().escrow().reservations().values()) {
        for (Reservation.Part part : r.parts()) {
          if (part.drawId().equals(a.drawId())) {
            reserved += part.nanos();
            runs += part.runs();
          }
        }
      }
      assertThat(a.usedNanos() + reserved).isLessThanOrEqualTo(a.nanos());
      assertThat(a.usedRuns() + runs).isLessThanOrEqualTo(a.runs());
    }
  }

  private void checkNobodyIsOnTheLeasedDevice() {
    int device = devices - 1;
    assertThat(state.book().turns().values())
        .as("turns on the leased device")
        .noneMatch(turn -> turn.devices().contains(device));
    assertThat(using)
        .as("workers on the leased device")
        .noneMatch(id -> process(id).on.contains(device));
  }

  /** Its owner wants the lent device, and has it once the core says that it is returned. */
  private void want() {
    if (quiet) {
      return;
    }
    loan.wanted = true;
    loan.since = now;
    see(usable());
    later(random.nextInt(200), this::prepare);
  }

  private void prepare() {
    if (state.returned(devices - 1) || mutant == Mutant.DOES_NOT_WAIT) {
      loan.leased = true;
      leases++;
      check();
      later(random.nextInt(4000), this::giveBack);
    } else {
      assertThat(now - loan.since).as("wanted for").isLessThan(RETURN_WITHIN);
      later(100, this::prepare);
    }
  }

  private void giveBack() {
    loan.leased = false;
    loan.wanted = false;
    see(usable());
    later(random.nextInt(6000), this::want);
  }

  private void see(List<Device> usable) {
    step(new TurnEvent.DevicesSeen(usable, recalled()));
  }

  private Set<Integer> recalled() {
    return loan.wanted && mutant != Mutant.KEEPS_WARM_WORKERS ? Set.of(devices - 1) : Set.of();
  }

  private void checkUse(int device, DeviceUse use) {
    DeviceUse then = use.at(now);
    assertThat(then.clashes()).as("device %d", device).isZero();
    assertThat(then.heldNanos() + then.idleNanos()).isEqualTo(now - then.since());
    boolean held =
        state.book().turns().values().stream().anyMatch(t -> t.devices().contains(device));
    assertThat(use.turn() != null).as("device %d", device).isEqualTo(held);
  }

  private void checkAlone(LiveTurn turn, ProcessId id) {
    Proc process = process(id);
    if (turn.devices().stream().anyMatch(process.on::contains)) {
      assertThat(process.lease)
          .as("%s is on devices of %s", id, turn)
          .isEqualTo(turn.request().lease());
    }
  }

  private void perform(TurnEffect effect) {
    switch (effect) {
      case TurnEffect.Answer(String turn, TurnAnswer.TooLong no) ->
          assertThat(no.longestNanos())
              .as(turn)
              .isEqualTo(state.book().rules().of("free").longestNanos())
              .isLessThan(no.askedNanos());
      case TurnEffect.Answer a -> later(random.nextInt(5), () -> answered(a, life));
      case TurnEffect.Kill k -> agentLater(random.nextInt(300), () -> died(k.processes()));
      case TurnEffect.Provide p ->
          agentLater(
              random.nextInt(p.ended().isEmpty() ? 2 : 300),
              () -> {
                died(p.ended());
                boolean broken = random.nextInt(50) == 0;
                step(
                    broken
                        ? new TurnEvent.NotProvided(p.turn())
                        : new TurnEvent.Provided(p.turn()));
              });
      case TurnEffect.Ask a -> agentLater(random.nextInt(200), () -> ask(a.draw()));
    }
  }

  private void died(List<ProcessId> ended) {
    ended.forEach(this::kill);
    if (!ended.isEmpty()) {
      step(new TurnEvent.Died(Set.copyOf(ended)));
    }
  }

  /** Calls or answers get lost; the agent asks again. */
  private void ask(Draw draw) {
    boolean heard = quiet || random.nextInt(4) != 0;
    if (heard || random.nextBoolean()) {
      var answer = keeper.draw(draw, moment().unixNanos());
      if (heard) {
        step(new TurnEvent.Drawn(draw.drawId(), answer));
        return;
      }
    }
    agentLater(300, () -> ask(draw));
  }

  private void settle() {
    List<Allowance> held = List.copyOf(state.book().escrow().allowances().values());
    if (quiet || random.nextInt(3) != 0) {
      List<String> settled = keeper.settle(held);
      if (quiet || random.nextInt(3) != 0) {
        step(new TurnEvent.Settled(settled));
      }
    }
  }

  private void watch() {
    Set<ProcessId> dead = new HashSet<>();
    for (ProcessId p : state.book().workers().keySet()) {
      if (!process(p).alive) {
        dead.add(p);
      }
    }
    if (!dead.isEmpty()) {
      step(new TurnEvent.Died(dead));
    }
  }

  private void visit() {
    if (quiet) {
      return;
    }
    int seat = random.nextInt(3);
    String id = "t" + numbers++;
    String visitor = VISITORS.get(random.nextInt(VISITORS.size()));
    payers.put(id, visitor);
    TurnRequest request =
        new TurnRequest(
            id,
            lease(seat),
            "s/" + seat,
            visitor,
            "free",
            "f" + random.nextInt(2),
            random.nextInt(5) == 0 ? Size.XLARGE : Size.LARGE,
            300 + random.nextInt(3000));
    TurnEvent call = new TurnEvent.Scheduled(request, random.nextBoolean(), "d" + numbers++);
    step(call);
    if (random.nextInt(10) == 0) {
      step(call);
    }
    if (random.nextInt(6) == 0) {
      later(random.nextInt(2000), () -> step(new TurnEvent.Cancelled(id)));
    }
    later(random.nextInt(600), this::visit);
  }

  private static String lease(int seat) {
    return "l" + seat;
  }

  /** What a client does that was granted; it may be a bad one. */
  private void answered(TurnEffect.Answer effect, int since) {
    LiveTurn turn = state.book().turns().get(effect.turn());
    if (!(effect.answer() instanceof TurnAnswer.Granted g) || turn == null || since != life) {
      return;
    }
    String lease = turn.request().lease();
    Map<String, ProcessId> own = warm.computeIfAbsent(lease, _ -> new HashMap<>());
    String key = turn.request().task() + g.devices();
    ProcessId known = own.remove(key);
    ProcessId worker = g.idle() && known != null && process(known).alive ? known : fork(lease);
    if (!worker.equals(known) && random.nextInt(8) != 0) {
      later(random.nextInt(300), () -> allow(turn.id(), worker));
    }
    switch (random.nextInt(8)) {
      case 0 -> {}
      case 1 -> later(random.nextInt(2000), () -> kill(worker));
      default -> {
        long ran = 300 + random.nextInt(2500);
        boolean fail = random.nextInt(6) == 0;
        later(ran, () -> released(turn.id(), fail, own, key, worker));
      }
    }
  }

  private Proc process(ProcessId id) {
    return Objects.requireNonNull(processes.get(id));
  }

  private void kill(ProcessId id) {
    process(id).alive = false;
    using.remove(id);
  }

  private ProcessId fork(String lease) {
    ProcessId id = new ProcessId(2 + random.nextInt(40), numbers++);
    processes.put(id, new Proc(lease));
    return id;
  }

  /** Now and then the client names a process that works for another turn. */
  private void allow(String turn, ProcessId own) {
    LiveTurn live = state.book().turns().get(turn);
    if (live == null || !process(own).alive) {
      return;
    }
    ProcessId named = own;
    if (random.nextInt(8) == 0 && !state.book().workers().isEmpty()) {
      named = state.book().workers().keySet().iterator().next();
    }
    step(new TurnEvent.Allowed(turn, named));
    Worker worker = state.book().workers().get(named);
    if (worker != null && turn.equals(worker.turn())) {
      process(named).on.addAll(worker.devices());
      using.add(named);
    }
  }

  private void released(
      String turn, boolean fail, Map<String, ProcessId> own, String key, ProcessId worker) {
    if (!fail && process(worker).alive) {
      own.put(key, worker);
    }
    step(new TurnEvent.Released(turn, fail));
    if (random.nextInt(5) == 0) {
      step(new TurnEvent.Released(turn, false));
    }
  }

  private void trouble() {
    if (quiet) {
      return;
    }
    switch (random.nextInt(8)) {
      case 7 -> step(new TurnEvent.PolicyHeard(rules()));
      case 0, 1 -> crash(false);
      case 2 -> crash(true);
      case 3 -> wall += random.nextInt(40_000) - 20_000;
      case 4 -> {
        int seat = random.nextInt(3);
        step(new TurnEvent.SeatClosed(lease(seat)));
        later(random.nextInt(1000), () -> openSeat(seat));
      }
      case 5 -> step(new TurnEvent.AppStarted(lease(random.nextInt(3))));
      default -> {
        int broken = random.nextInt(devices);
        see(usable().stream().filter(d -> d.index() != broken).toList());
        later(random.nextInt(3000), () -> see(usable()));
      }
    }
    later(random.nextInt(5000), this::trouble);
  }

  private QuotaRules rules() {
    return new QuotaRules(
        Map.of("free", new TierRule(1 + random.nextInt(8), 2000 + random.nextInt(8000))));
  }

  private void openSeat(int seat) {
    step(new TurnEvent.SeatOpened(new Seat(lease(seat), "c" + seat, "s/" + seat, "")));
  }

  /** What is usable may have been looked up just before the device was wanted. */
  private List<Device> usable() {
    boolean late = mutant == Mutant.NONE && random.nextBoolean();
    List<Device> all = new ArrayList<>();
    for (int i = 0; i < devices - (loan.wanted && !late ? 1 : 0); i++) {
      all.add(new Device(i, 0, 1000));
    }
    return all;
  }

  /** What the agent knew is what its journal says. A reboot also ends all processes. */
  private void crash(boolean reboot) {
    crashes++;
    life++;
    if (reboot) {
      boot = "b" + life;
      processes.keySet().forEach(this::kill);
    }
    Book book = Book.EMPTY;
    for (TurnFact fact : journal) {
      book = book.with(fact);
    }
    state = TurnsState.of(POLICY, book);
    now += random.nextInt(2000);
    startAgent();
  }

  private void startAgent() {
    Turns.Step first = Turns.step(state, new TurnEvent.DevicesSeen(usable(), recalled()), moment());
    journal.addAll(first.facts());
    state = first.state();
    first.effects().forEach(this::perform);
    step(new TurnEvent.Started(boot));
  }
}
