package dev.berth.turns.quota;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Nodes, schedulers that follow each other, a store and a ledger, over a network that loses and
 * repeats; then the faults end and everything is closed. One seed, one history.
 */
final class QuotaWorld {
  static final long SECOND = 1_000_000_000L;
  static final long DAY = 86_400 * SECOND;
  private static final long PRICE = 100_000;
  static final QuotaPolicy POLICY =
      new QuotaPolicy(
          Map.of(
              "anonymous", new TierPolicy(120 * SECOND, 120 * SECOND, 8, 1, 0, false),
              "free", new TierPolicy(300 * SECOND, 300 * SECOND, 0, 2, 2, false),
              "pro", new TierPolicy(400 * SECOND, 300 * SECOND, 60, 4, 10, true)),
          DAY,
          600 * SECOND,
          PRICE,
          1_000);
  private static final List<String> VISITORS = List.of("ip:1", "ana", "bob", "pia", "pro");

  /** A visitor's window, told by when it ends. */
  private record Window(String visitor, long endNanos) {}

  private record OfDraw(Allowance allowance, String visitor, long nanos, int runs) {}

  final Random random;
  final Mutant mutant;
  final QuotaStep quotas;
  final Agenda agenda = new Agenda();
  final Network network = new Network(this);
  final Map<String, VisitorQuota> store = new HashMap<>();
  final SimulatedLedger ledger;
  final boolean clocksJump;
  int fence;
  private boolean healed;
  private final Map<String, OfDraw> spentByDraw = new HashMap<>();
  private final List<SimulatedNode> nodes;
  private SimulatedLeader leader;
  private @Nullable SimulatedLeader former;
  int leaders;

  QuotaWorld(long seed, Mutant mutant) {
    this.random = new Random(seed);
    this.mutant = mutant;
    this.quotas = mutant.over(new Quotas(POLICY));
    this.ledger = new SimulatedLedger(mutant);
    this.clocksJump = random.nextInt(3) > 0;
    ledger.topUp("pia", 300_000);
    ledger.topUp("pro", random.nextLong(1, 2_000_000));
    this.leader = elect();
    this.nodes = IntStream.range(0, 3).mapToObj(i -> new SimulatedNode(this, "node-" + i)).toList();
    agenda.after(random.nextLong(3_600) * SECOND, this::changeLeader);
  }

  boolean faulty() {
    return !healed;
  }

  String visitor() {
    return VISITORS.get(random.nextInt(VISITORS.size()));
  }

  static String tier(String visitor) {
    return visitor.startsWith("ip:") ? "anonymous" : visitor.startsWith("p") ? "pro" : "free";
  }

  private static TierPolicy policy(String tier) {
    return Objects.requireNonNull(POLICY.tier(tier));
  }

  /** Some still know the former leader. */
  SimulatedLeader leaderSeen() {
    if (leader.dead) {
      former = leader;
      leader = elect();
    }
    return faulty() && former != null && random.nextInt(10) == 0 ? former : leader;
  }

  private void changeLeader() {
    if (faulty()) {
      former = leader;
      leader = elect();
      agenda.after(random.nextLong(8 * 3_600) * SECOND, this::changeLeader);
    }
  }

  private SimulatedLeader elect() {
    fence++;
    leaders++;
    long offset = clocksJump && faulty() ? random.nextLong(-5_400, 5_400) * SECOND : 0;
    return new SimulatedLeader(this, fence, offset);
  }

  void write(QuotaEffect.Write write) {
    switch (write) {
      case QuotaEffect.Saved(VisitorQuota quota) -> store.put(quota.visitor(), quota);
      case QuotaEffect.Removed(String visitor) -> store.remove(visitor);
    }
  }

  void run() {
    agenda.runUntil(agenda.now() + 3 * DAY);
    healed = true;
    former = null;
    for (int round = 0; round < 100 && !isAtRest(); round++) {
      leaderSeen();
      nodes.forEach(SimulatedNode::comeToRest);
      agenda.runUntil(agenda.now() + 130 * SECOND);
    }
    atRest();
  }

  private boolean isAtRest() {
    return nodes.stream().allMatch(SimulatedNode::isAtRest)
        && leader.state().visitors().values().stream().allMatch(QuotaWorld::isAtRest);
  }

  private static boolean isAtRest(VisitorQuota quota) {
    return quota.draws().values().stream()
        .allMatch(draw -> draw instanceof Draw.Closed closed && closed.settled());
  }

  /** A node has used this much more of an allowance. */
  void spent(Ask ask, @Nullable Allowance allowance, long nanos) {
    if (allowance == null) {
      throw new AssertionError("Spent without an allowance: " + ask);
    }
    spentByDraw.merge(
        ask.id(),
        new OfDraw(allowance, ask.visitor(), nanos, 1),
        (a, b) -> new OfDraw(allowance, a.visitor(), a.nanos() + b.nanos(), a.runs() + b.runs()));
    Window window = new Window(ask.visitor(), allowance.expiresNanos());
    TierPolicy tier = policy(tier(ask.visitor()));
    assertThat(base(window))
        .as("spent of the base by %s", window)
        .isLessThanOrEqualTo(tier.baseNanos());
    if (tier.runs() > 0) {
      assertThat(runs(window)).as("runs of %s", window).isLessThanOrEqualTo(tier.runs());
    }
    assertThat(charges(ask.visitor()))
        .as("credits spent by %s", ask.visitor())
        .isLessThanOrEqualTo(ledger.toppedUp.getOrDefault(ask.visitor(), 0L));
  }

  private long base(Window window) {
    return spentByDraw.values().stream()
        .filter(draw -> in(draw, window))
        .mapToLong(draw -> draw.allowance().ofBase(draw.nanos()))
        .sum();
  }

  private int runs(Window window) {
    return spentByDraw.values().stream()
        .filter(draw -> in(draw, window))
        .mapToInt(OfDraw::runs)
        .sum();
  }

  private static boolean in(OfDraw draw, Window window) {
    return draw.visitor().equals(window.visitor())
        && draw.allowance().expiresNanos() == window.endNanos();
  }

  private long charges(String visitor) {
    return spentByDraw.values().stream()
        .filter(draw -> draw.visitor().equals(visitor))
        .mapToLong(draw -> CreditPrice.charge(draw.allowance().ofCredit(draw.nanos()), PRICE))
        .sum();
  }

  /** What is durable never promises more than there is. */
  void check(QuotaState state, long now) {
    for (VisitorQuota quota : state.visitors().values()) {
      QuotaUse use = QuotaUse.of(quota.at(now));
      TierPolicy tier = policy(quota.tier());
      if (use.baseUsedNanos() + use.baseDrawnNanos() > tier.baseNanos()) {
        throw new AssertionError("Used and drawn is more than the base: " + quota);
      }
      if (tier.runs() > 0 && use.runs() > tier.runs()) {
        throw new AssertionError("Runs are more than the limit: " + quota);
      }
    }
  }

  private void atRest() {
    assertThat(nodes).as("nodes that still hold draws").allMatch(SimulatedNode::isAtRest);
    assertThat(store)
        .as("what is durable is what the leader says")
        .isEqualTo(leader.state().visitors());
    for (VisitorQuota quota : store.values()) {
      VisitorQuota present = quota.at(leader.clock());
      QuotaUse use = QuotaUse.of(present);
      assertThat(quota.draws().values())
          .as("draws at rest")
          .allMatch(d -> d instanceof Draw.Closed);
      assertThat(use.baseDrawnNanos() + use.creditDrawnNanos()).as("drawn at rest").isZero();
      if (present.startNanos() != 0) {
        Window window = new Window(quota.visitor(), present.endNanos());
        assertThat(use.baseUsedNanos())
            .as("used of the base in %s", window)
            .isEqualTo(base(window));
        assertThat(use.runs()).as("runs of %s", window).isEqualTo(runs(window));
      }
    }
    for (String account : ledger.balances.keySet()) {
      assertThat(ledger.held(account)).as("credits of %s held at rest", account).isZero();
      assertThat(ledger.toppedUp.getOrDefault(account, 0L) - ledger.balance(account))
          .as("credits charged to %s", account)
          .isEqualTo(charges(account));
    }
    if (!clocksJump) {
      windowsFollowEachOther();
    }
  }

  private void windowsFollowEachOther() {
    for (String visitor : VISITORS) {
      List<Allowance> windows =
          spentByDraw.values().stream()
              .filter(draw -> draw.visitor().equals(visitor))
              .map(OfDraw::allowance)
              .sorted(java.util.Comparator.comparingLong(Allowance::windowNanos))
              .toList();
      for (int i = 1; i < windows.size(); i++) {
        Allowance earlier = windows.get(i - 1);
        Allowance later = windows.get(i);
        assertThat(
                later.windowNanos() == earlier.windowNanos()
                    || later.windowNanos() >= earlier.expiresNanos())
            .as("windows of %s overlap: %s and %s", visitor, earlier, later)
            .isTrue();
      }
    }
  }

  int turns() {
    return spentByDraw.values().stream().mapToInt(OfDraw::runs).sum();
  }

  boolean usedCredits() {
    return charges("pia") + charges("pro") > 0;
  }
}
