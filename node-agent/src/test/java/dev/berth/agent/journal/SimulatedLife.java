package dev.berth.agent.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.agent.core.AgentState;
import dev.berth.agent.core.Decision;
import dev.berth.agent.core.Event;
import dev.berth.agent.core.Footprint;
import dev.berth.agent.core.Grant;
import dev.berth.agent.core.GrantRules;
import dev.berth.agent.core.GrantView;
import dev.berth.agent.core.Lease;
import dev.berth.agent.core.LeaseDevice;
import dev.berth.agent.core.Leases;
import dev.berth.agent.core.Moment;
import dev.berth.agent.core.PrepareRules;
import dev.berth.agent.core.PreparedClaim;
import dev.berth.agent.core.Report.DeviceTotals;
import dev.berth.agent.core.Reports;
import dev.berth.agent.core.Verdict;
import dev.berth.agent.runtime.AgentLedger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * One node with four cards, a kubelet, a scheduler and a hub, all at random: crashes tear the
 * journal, reboots reset the monotonic clock, the wall clock jumps. It keeps its own account of who
 * held what for how long and compares.
 */
final class SimulatedLife {
  private static final long INTERVAL = 2_000;
  private final Random random;
  private final Deque<String> trail = new ArrayDeque<>();

  private long mono = 1_000_000;
  private long wall = 1_800_000_000_000L;
  private int boot = 1;
  private int leases;
  private int claims;
  private long epoch = 1;

  private MemoryJournal journal;
  private AgentLedger ledger;
  private GrantView view = new GrantView.Unknown();
  private final Map<String, Grant> placed = new HashMap<>();
  private final List<Grant> everPlaced = new ArrayList<>();
  private final Set<String> gone = new HashSet<>();
  private final SimulatedHub hub = new SimulatedHub();
  private final Map<String, Long> truth = new HashMap<>();
  private Map<String, Long> truthAtRecord = new HashMap<>();
  private int sizeAtRecord;

  SimulatedLife(int seed) {
    random = new Random(seed);
    AgentState empty = AgentState.empty("journal-" + seed);
    journal = MemoryJournal.fresh(empty, now());
    ledger = new AgentLedger(empty, journal, this::now);
    start();
  }

  private Moment now() {
    return new Moment(mono, wall);
  }

  String trail() {
    return "last steps " + trail;
  }

  private void start() {
    ledger.record(new Event.Booted("boot-" + boot));
    ledger.record(
        new Event.DevicesSeen(
            Map.of("gpu-0", "A", "gpu-1", "A", "gpu-2", "A", "gpu-3", "A", "cpu", "cpu")));
    recorded();
  }

  void step() {
    int dice = random.nextInt(100);
    try {
      if (dice < 20) {
        did("pass", this::pass);
      } else if (dice < 35) {
        did("place", this::place);
      } else if (dice < 55) {
        did("prepare", this::prepare);
      } else if (dice < 67) {
        did("unprepare", this::unprepare);
      } else if (dice < 75) {
        did("release", this::release);
      } else if (dice < 85) {
        did("report", this::report);
      } else if (dice < 90) {
        did("deliver", this::deliver);
      } else if (dice < 93) {
        did("crash", this::crash);
      } else if (dice < 95) {
        did("reboot", this::reboot);
      } else if (dice < 97) {
        did("disconnect", () -> view = new GrantView.Unknown());
      } else if (dice < 98) {
        did("failover", this::failover);
      } else {
        did("die writing", journal::dieBeforeNextSync);
      }
    } catch (JournalException e) {
      did("crash in write", this::crash);
    }
    forbidZombies();
  }

  private void did(String what, Runnable action) {
    trail.addLast(what);
    if (trail.size() > 12) {
      trail.removeFirst();
    }
    action.run();
  }

  private void pass() {
    elapse(1 + random.nextInt(5_000));
    if (random.nextInt(10) == 0) {
      wall += random.nextInt(2_000_000) - 1_000_000;
    }
  }

  private void elapse(long nanos) {
    mono += nanos;
    wall += nanos;
    Map<String, Lease> known = ledgerState().leases();
    truth.replaceAll(
        (id, held) -> java.util.Objects.requireNonNull(known.get(id)).held() ? held + nanos : held);
  }

  private AgentState ledgerState() {
    return ledger.now();
  }

  /** Remembers the account as of the last record, which is all that a reboot leaves. */
  private void recorded() {
    if (journal.size() != sizeAtRecord) {
      sizeAtRecord = journal.size();
      truthAtRecord = new HashMap<>(truth);
    }
  }

  /** The scheduler places only what it believes is free. */
  private void place() {
    LeaseDevice device = device();
    Grant grant = Leases.grant("lease-" + leases++ + "#0", epoch, device);
    boolean free =
        placed.values().stream()
            .flatMap(g -> g.devices().stream())
            .noneMatch(d -> d.footprint().conflictsWith(device.footprint()));
    if (free) {
      placed.put(grant.leaseId(), grant);
      everPlaced.add(grant);
      hear();
    }
  }

  private LeaseDevice device() {
    int card = random.nextInt(4);
    return switch (random.nextInt(4)) {
      case 0 -> Leases.whole(card);
      case 1 -> Leases.mig(card, 0b11L << (2 * random.nextInt(4)));
      case 2 -> Leases.share(card, 300);
      default -> Leases.cpu();
    };
  }

  /** Most of the time the news arrives. */
  private void hear() {
    if (random.nextInt(4) > 0) {
      Map<String, Grant> grants = Map.copyOf(placed);
      ledger.decide(s -> new Decision<>(GrantRules.onEpoch(s, epoch), true));
      ledger.decide(
          s -> new Decision<>(GrantRules.onGrants(s, epoch, grants, s.leases().keySet()), true));
      view = new GrantView.Known(grants);
      recorded();
      assertThat(ledgerState().leases().values().stream().filter(Lease::held).map(Lease::id))
          .as("billed without a grant")
          .allMatch(placed::containsKey);
    }
  }

  /** Any lease that ever was, so released and stale ones are tried too. */
  private void prepare() {
    if (everPlaced.isEmpty()) {
      return;
    }
    Grant grant = everPlaced.get(random.nextInt(everPlaced.size()));
    PreparedClaim claim =
        Leases.claim("claim-" + claims++, grant.devices().toArray(new LeaseDevice[0]));
    Verdict verdict = ledger.decide(s -> prepared(s, grant, claim));
    if (verdict instanceof Verdict.Accepted) {
      assertThat(gone).doesNotContain(grant.leaseId());
      truth.putIfAbsent(grant.leaseId(), 0L);
      recorded();
    }
  }

  private Decision<Verdict> prepared(AgentState s, Grant grant, PreparedClaim claim) {
    Verdict verdict = PrepareRules.check(s, grant, claim, view, Map.of());
    return verdict instanceof Verdict.Accepted
        ? new Decision<>(List.of(new Event.LeasePrepared(grant, claim)), verdict)
        : new Decision<>(List.of(), verdict);
  }

  private void unprepare() {
    List<Lease> prepared = ledgerState().prepared();
    if (!prepared.isEmpty()) {
      String id = prepared.get(random.nextInt(prepared.size())).id();
      ledger.record(new Event.LeaseUnprepared(id));
      recorded();
    }
  }

  private void release() {
    if (placed.isEmpty()) {
      return;
    }
    String id = placed.keySet().stream().sorted().toList().get(random.nextInt(placed.size()));
    placed.remove(id);
    if (random.nextBoolean()) {
      long revokeEpoch = epoch;
      ledger.decide(s -> new Decision<>(GrantRules.onRevoke(s, id, revokeEpoch), true));
      recorded();
    } else {
      hear();
    }
  }

  private void report() {
    ledger.decide(
        s ->
            Reports.due(s, now(), INTERVAL)
                ? new Decision<>(List.of(new Event.ReportEmitted(Reports.next(s, Map.of()))), true)
                : new Decision<>(List.of(), false));
    recorded();
  }

  /** Reports arrive, some acknowledgements get lost. */
  private void deliver() {
    AgentState s = ledgerState();
    int arriving = random.nextInt(s.pending().size() + 1);
    s.pending().subList(0, arriving).forEach(hub::receive);
    if (random.nextInt(3) > 0 && hub.acked() > s.ackedSeq()) {
      ledger.record(new Event.ReportsAcked(hub.acked()));
      recorded();
    }
  }

  private void crash() {
    journal = MemoryJournal.crashed(journal, random);
    AgentState recovered = journal.replay();
    ledger = new AgentLedger(recovered, journal, this::now);
    view = new GrantView.Unknown();
    recovered.leases().values().stream()
        .filter(Lease::everHeld)
        .forEach(l -> truth.putIfAbsent(l.id(), 0L));
    truth.keySet().removeIf(id -> !recovered.leases().containsKey(id));
    elapse(random.nextInt(10_000));
    start();
  }

  /** Held time of the old boot ends at the last record. */
  private void reboot() {
    journal = MemoryJournal.crashed(journal, random);
    truth.clear();
    truth.putAll(truthAtRecord);
    mono = random.nextInt(1_000_000);
    wall += random.nextInt(2_000_000) - 200_000;
    boot++;
    ledger = new AgentLedger(journal.replay(), journal, this::now);
    view = new GrantView.Unknown();
    start();
    assertThat(ledgerState().prepared()).as("prepared after a reboot").isEmpty();
  }

  private void failover() {
    epoch++;
    view = new GrantView.Unknown();
    hear();
  }

  private void forbidZombies() {
    ledgerState().leases().values().stream().filter(Lease::gone).forEach(l -> gone.add(l.id()));
  }

  void check() {
    AgentState s = ledgerState();
    for (DeviceTotals d : Reports.devices(s)) {
      assertThat(
              d.timeline().heldNanos()
                  + d.timeline().idleNanos()
                  + d.timeline().drainingNanos()
                  + d.timeline().unknownNanos())
          .as("wall of %s", d.timeline().name())
          .isEqualTo(d.wallNanos());
    }
    noDoubleHold(s.prepared());
    s.prepared().forEach(l -> assertThat(gone).doesNotContain(l.id()));
    truth.forEach((id, held) -> assertHeld(s, id, held));
    hub.agreesWith(s);
  }

  private static void assertHeld(AgentState s, String id, long held) {
    assertThat(s.lease(id).orElseThrow().usage().heldNanos()).as("held of %s", id).isEqualTo(held);
  }

  private static void noDoubleHold(List<Lease> prepared) {
    for (Lease a : prepared) {
      for (Lease b : prepared) {
        if (!a.id().equals(b.id())) {
          assertThat(conflict(a, b)).as("%s and %s", a, b).isFalse();
        }
      }
    }
  }

  private static boolean conflict(Lease a, Lease b) {
    return footprints(a).stream().anyMatch(x -> footprints(b).stream().anyMatch(x::conflictsWith));
  }

  private static List<Footprint> footprints(Lease lease) {
    return lease.grant().devices().stream().map(LeaseDevice::footprint).toList();
  }

  /** At rest, after everything is released, unprepared and delivered, billed equals held. */
  void settle() {
    crash();
    ledgerState().prepared().forEach(l -> ledger.record(new Event.LeaseUnprepared(l.id())));
    ledger.decide(
        s -> new Decision<>(GrantRules.onGrants(s, epoch, Map.of(), s.leases().keySet()), true));
    ledger.decide(
        s -> new Decision<>(List.of(new Event.ReportEmitted(Reports.next(s, Map.of()))), true));
    ledgerState().pending().forEach(hub::receive);
    ledger.record(new Event.ReportsAcked(hub.acked()));
    recorded();
    check();
    assertThat(ledgerState().pending()).isEmpty();
    truth.forEach((id, held) -> assertThat(hub.billed(id)).as("billed of %s", id).isEqualTo(held));
  }
}
