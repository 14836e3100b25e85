package dev.berth.turns.quota;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One term: a single writer that answers what is durable, and may not know that it is deposed. */
final class SimulatedLeader {
  record Call(QuotaEvent event, @Nullable Consumer<QuotaEffect> answer) {}

  private record Decided(Call call, List<QuotaEffect> effects) {}

  private final QuotaWorld world;
  private final int fence;
  private final long clockOffset;
  private final Deque<Call> queue = new ArrayDeque<>();
  private final Map<String, List<Consumer<QuotaEffect>>> waiting = new LinkedHashMap<>();
  private final Set<String> reserving = new HashSet<>();
  private QuotaState state;
  private boolean busy;
  boolean dead;

  SimulatedLeader(QuotaWorld world, int fence, long clockOffset) {
    this.world = world;
    this.fence = fence;
    this.clockOffset = clockOffset;
    this.state = QuotaState.of(world.store.values());
    tick();
  }

  private void tick() {
    if (!dead) {
      deliver(new Call(new QuotaEvent.Tick(), null));
      world.agenda.after(600 * QuotaWorld.SECOND, this::tick);
    }
  }

  long clock() {
    return world.agenda.now() + clockOffset;
  }

  QuotaState state() {
    return state;
  }

  void deliver(Call call) {
    if (!dead) {
      queue.add(call);
      if (!busy) {
        decide();
      }
    }
  }

  private void decide() {
    QuotaState next = state;
    List<Decided> decided = new ArrayList<>();
    Map<String, QuotaEffect.Write> writes = new LinkedHashMap<>();
    while (!queue.isEmpty()) {
      Call call = queue.remove();
      QuotaDecision decision = world.quotas.step(next, call.event(), clock());
      next = decision.state();
      decided.add(new Decided(call, decision.effects()));
      for (QuotaEffect effect : decision.effects()) {
        if (effect instanceof QuotaEffect.Write write) {
          writes.put(write.visitor(), write);
        }
      }
    }
    if (world.mutant == Mutant.ANSWERS_BEFORE_COMMIT) {
      decided.forEach(this::publish);
    }
    busy = true;
    QuotaState after = next;
    world.agenda.after(
        1 + world.random.nextLong(QuotaWorld.SECOND / 10), () -> commit(after, writes, decided));
  }

  private void commit(
      QuotaState next, Map<String, QuotaEffect.Write> writes, List<Decided> decided) {
    busy = false;
    if (world.fence != fence && world.mutant != Mutant.DEPOSED_LEADER_WRITES) {
      dead = true;
      return;
    }
    boolean unknown = world.faulty() && world.random.nextInt(150) == 0;
    if (unknown) {
      dead = true;
    }
    if (unknown && world.random.nextBoolean()) {
      return;
    }
    writes.values().forEach(world::write);
    if (dead) {
      return;
    }
    state = next;
    world.check(state, clock());
    if (world.mutant != Mutant.ANSWERS_BEFORE_COMMIT) {
      decided.forEach(this::publish);
    }
    if (!queue.isEmpty() && !busy) {
      decide();
    }
  }

  private void publish(Decided decided) {
    Call call = decided.call();
    if (call.event() instanceof QuotaEvent.Reserved reserved) {
      reserving.remove(reserved.id());
    }
    if (call.event() instanceof QuotaEvent.Drawn drawn
        && call.answer() != null
        && decided.effects().stream().noneMatch(QuotaEffect.Answered.class::isInstance)) {
      waiting.computeIfAbsent(drawn.ask().id(), id -> new ArrayList<>()).add(call.answer());
    }
    for (QuotaEffect effect : decided.effects()) {
      switch (effect) {
        case QuotaEffect.Write write -> {}
        case QuotaEffect.Answered answered -> answer(call, answered);
        case QuotaEffect.SettlementAnswered answered -> tell(call.answer(), answered);
        case QuotaEffect.Reserve reserve -> reserve(reserve);
        case QuotaEffect.Charge charge -> charge(charge);
      }
    }
  }

  private void answer(Call call, QuotaEffect.Answered answered) {
    if (call.answer() != null) {
      tell(call.answer(), answered);
    } else if (waiting.containsKey(answered.id())) {
      waiting.remove(answered.id()).forEach(waiter -> tell(waiter, answered));
    }
  }

  private static void tell(@Nullable Consumer<QuotaEffect> whom, QuotaEffect effect) {
    if (whom != null) {
      whom.accept(effect);
    }
  }

  private void reserve(QuotaEffect.Reserve reserve) {
    if (!reserving.add(reserve.id())) {
      return;
    }
    QuotaEvent.Reservation[] heard = {new QuotaEvent.Reservation.Unknown()};
    world.network.send(
        () -> {
          QuotaEvent.Reservation word = world.ledger.reserve(reserve);
          world.network.send(() -> heard[0] = word);
        });
    // Whatever has not come back by then is unknown, and may still be applied later.
    world.agenda.after(
        3 * QuotaWorld.SECOND,
        () -> deliver(new Call(new QuotaEvent.Reserved(reserve.id(), heard[0]), null)));
  }

  private void charge(QuotaEffect.Charge charge) {
    world.network.send(
        () -> {
          world.ledger.charge(charge);
          world.network.send(() -> deliver(new Call(new QuotaEvent.Charged(charge.id()), null)));
        });
  }
}
