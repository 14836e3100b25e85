package dev.berth.turns.quota;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A node that spends all it is given, and knows of a clock of its own only. */
final class SimulatedNode {
  /** An allowance in the node's journal; null while the answer is not known. */
  private static final class Held {
    final Ask ask;
    @Nullable Allowance allowance;
    long used;
    int runs;
    long promised;
    int begun;
    boolean closing;
    int attempt;

    Held(Ask ask) {
      this.ask = ask;
    }

    long left() {
      return allowance == null ? 0 : allowance.nanos() - used - promised;
    }

    boolean isIdle() {
      return promised == 0;
    }
  }

  private final QuotaWorld world;
  private final String name;
  private final Map<String, Held> journal = new LinkedHashMap<>();
  private long clockOffset;
  private long cutOffUntil;
  private int draws;

  SimulatedNode(QuotaWorld world, String name) {
    this.world = world;
    this.name = name;
    world.agenda.after(world.random.nextLong(600 * QuotaWorld.SECOND), this::live);
  }

  private void live() {
    if (!world.faulty()) {
      return;
    }
    int what = world.random.nextInt(100);
    if (what < 3) {
      cutOffUntil = world.agenda.now() + world.random.nextLong(30 * 3_600) * QuotaWorld.SECOND;
    } else if (what < 6 && world.clocksJump) {
      clockOffset = world.random.nextLong(-7_200, 7_200) * QuotaWorld.SECOND;
    } else if (what < 75) {
      turn();
    } else {
      settle();
    }
    world.agenda.after(world.random.nextLong(900) * QuotaWorld.SECOND, this::live);
  }

  private void turn() {
    String visitor = world.visitor();
    long declared = (1 + world.random.nextLong(60)) * QuotaWorld.SECOND;
    for (Held held : journal.values()) {
      if (held.ask.visitor().equals(visitor) && !held.closing && fits(held, declared)) {
        begin(held, declared);
        return;
      }
    }
    long want = declared * (1 + world.random.nextInt(4));
    Ask ask =
        new Ask(
            name + "/" + draws++,
            name,
            visitor,
            QuotaWorld.tier(visitor),
            declared,
            want,
            1 + world.random.nextInt(3));
    Held held = new Held(ask);
    journal.put(ask.id(), held);
    draw(held, declared, 0);
  }

  private boolean fits(Held held, long declared) {
    Allowance allowance = held.allowance;
    return allowance != null
        && held.left() >= declared
        && held.begun < allowance.runs()
        && world.agenda.now() + clockOffset < allowance.expiresNanos();
  }

  private void begin(Held held, long declared) {
    held.promised += declared;
    held.begun++;
    long actual = world.random.nextInt(3) == 0 ? declared : 1 + world.random.nextLong(declared);
    world.agenda.after(
        actual,
        () -> {
          held.promised -= declared;
          held.used += actual;
          held.runs++;
          world.spent(held.ask, held.allowance, actual);
        });
  }

  private void draw(Held held, long declared, int attempt) {
    if (held.allowance != null || held.closing || !journal.containsValue(held)) {
      return;
    }
    held.attempt = attempt;
    if (attempt == 3) {
      held.closing = true; // Given up: whether anything was given is told by closing it.
      return;
    }
    call(
        new QuotaEvent.Drawn(held.ask),
        effect -> {
          // A call that was repeated is over: its answer is not heard any more.
          if (effect instanceof QuotaEffect.Answered answered && held.attempt == attempt) {
            answered(held, declared, answered.answer());
          }
        });
    world.agenda.after(8 * QuotaWorld.SECOND, () -> draw(held, declared, attempt + 1));
  }

  private void answered(Held held, long declared, Answer answer) {
    if (!journal.containsValue(held)) {
      return; // Refused or closed before: this is a late word.
    }
    if (answer instanceof Answer.Given(Allowance allowance)) {
      if (held.allowance != null && !held.allowance.equals(allowance)) {
        throw new AssertionError("Two answers to " + held.ask);
      }
      if (held.allowance == null && !held.closing) {
        held.allowance = allowance;
        if (fits(held, declared)) {
          begin(held, declared);
        }
      }
    } else if (held.allowance == null) {
      journal.remove(held.ask.id()); // A refusal is final.
    }
  }

  /** Tells totals; closes some that are idle, in the end all. */
  void settle() {
    List<Spent> spent = new ArrayList<>();
    for (Held held : journal.values()) {
      boolean answered = held.allowance != null;
      if (answered && held.isIdle() && (!world.faulty() || world.random.nextInt(3) == 0)) {
        held.closing = true;
      }
      if (answered || held.closing) {
        spent.add(new Spent(held.ask.id(), held.used, held.runs, held.closing && held.isIdle()));
      }
    }
    if (!spent.isEmpty()) {
      call(new QuotaEvent.Settled(name, spent), this::forget);
    }
  }

  /** Once the faults are over: what is not answered is given up, what is held closed. */
  void comeToRest() {
    journal.values().forEach(held -> held.closing |= held.allowance == null);
    settle();
  }

  boolean isAtRest() {
    return journal.isEmpty();
  }

  private void forget(QuotaEffect effect) {
    if (effect instanceof QuotaEffect.SettlementAnswered answered) {
      answered.settled().forEach(this::forget);
    }
  }

  /** A late word on an allowance that was not closed by us would be an error of the scheduler. */
  private void forget(String id) {
    Held held = journal.get(id);
    if (held != null && !held.closing) {
      throw new AssertionError("Settled without being closed: " + held.ask);
    }
    journal.remove(id);
  }

  private void call(QuotaEvent event, java.util.function.Consumer<QuotaEffect> answer) {
    SimulatedLeader leader = world.leaderSeen();
    if (cutOff()) {
      return;
    }
    world.network.send(
        () ->
            leader.deliver(
                new SimulatedLeader.Call(
                    event,
                    effect ->
                        world.network.send(
                            () -> {
                              if (!cutOff()) {
                                answer.accept(effect);
                              }
                            }))));
  }

  private boolean cutOff() {
    return world.faulty() && world.agenda.now() < cutOffUntil;
  }
}
