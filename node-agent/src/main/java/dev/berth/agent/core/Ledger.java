package dev.berth.agent.core;

import dev.berth.agent.core.LeaseState.Draining;
import dev.berth.agent.core.LeaseState.Gone;
import dev.berth.agent.core.LeaseState.Granted;
import dev.berth.agent.core.LeaseState.Held;
import dev.berth.agent.core.Timeline.Use;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The state machine of the usage journal. Each step first counts the time since the last one
 * towards what each device and lease was doing, then applies the event; so held + idle + draining +
 * unknown equals wall time after every step.
 */
public final class Ledger {
  /** How many gone leases are remembered. */
  public static final int TOMBSTONES = 4096;

  private Ledger() {}

  public static AgentState step(AgentState state, Event event, Moment now) {
    if (event instanceof Event.Booted booted) {
      return booted(state, booted.bootId(), now);
    }
    return apply(advance(state, now), event);
  }

  /** The same state at a later moment, nothing having happened. */
  public static AgentState advance(AgentState state, Moment now) {
    TimeBase time = state.time().advance(now);
    long elapsed = time.at() - state.time().at();
    return elapsed == 0 ? state.at(time) : elapse(state, time, elapsed);
  }

  private static AgentState elapse(AgentState state, TimeBase time, long elapsed) {
    Map<String, Use> uses = uses(state);
    Map<String, Timeline> devices = new LinkedHashMap<>(state.devices());
    devices.replaceAll((name, d) -> d.plus(use(d, uses), elapsed));
    Map<String, Lease> leases = new LinkedHashMap<>(state.leases());
    leases.replaceAll((id, l) -> l.held() ? l.with(l.usage().held(elapsed, time.unix())) : l);
    return state.with(time, devices, leases, state.edge());
  }

  private static Map<String, Use> uses(AgentState state) {
    Map<String, Use> uses = new HashMap<>();
    for (Lease lease : state.prepared()) {
      for (LeaseDevice device : lease.grant().devices()) {
        String card = device.footprint().card();
        if (lease.held()) {
          uses.put(card, Use.HELD);
        } else {
          uses.putIfAbsent(card, Use.DRAINING);
        }
      }
    }
    return uses;
  }

  private static Use use(Timeline device, Map<String, Use> uses) {
    return uses.getOrDefault(device.name(), device.present() ? Use.IDLE : Use.UNKNOWN);
  }

  /**
   * After a reboot nothing is prepared any more: what was held ended at the last record of the
   * former boot, and the time until now is unknown.
   */
  private static AgentState booted(AgentState state, String bootId, Moment now) {
    if (state.time().bootId().equals(bootId)) {
      return advance(state, now);
    }
    long gap = state.time().unwatched(now);
    Map<String, Timeline> devices = new LinkedHashMap<>(state.devices());
    devices.replaceAll((name, d) -> d.plus(Use.UNKNOWN, gap));
    Map<String, Lease> leases = new LinkedHashMap<>(state.leases());
    leases.replaceAll((id, l) -> unprepared(l));
    boolean edge = state.edge() || !state.prepared().isEmpty();
    return state.with(state.time().rebooted(bootId, now), devices, leases, edge);
  }

  private static AgentState apply(AgentState s, Event event) {
    return switch (event) {
      case Event.Booted _, Event.Checkpoint _ -> s;
      case Event.DevicesSeen seen -> seen(s, seen.models());
      case Event.EpochSeen e -> seen(s, e.epoch());
      case Event.LeaseGranted g -> granted(s, g.grant());
      case Event.LeasePrepared p -> seen(prepared(s, p), p.grant().epoch());
      case Event.LeaseUnprepared u -> unprepared(s, u.leaseId());
      case Event.LeaseRevoked r -> revoked(s, r);
      case Event.ReportEmitted r -> Reports.emitted(s, r.report());
      case Event.ReportsAcked a -> Reports.acked(s, a.seq());
      case Event.JournalRenewed r -> Reports.renewed(s, r.journalId());
    };
  }

  /**
   * A claim tells of an epoch as a leader does: one that was deposed before it may not revoke what
   * it does not know.
   */
  private static AgentState seen(AgentState s, long epoch) {
    return epoch > s.highestEpoch() ? Reports.epoch(s, epoch) : s;
  }

  private static AgentState seen(AgentState s, Map<String, String> models) {
    Map<String, Timeline> devices = new LinkedHashMap<>(s.devices());
    devices.replaceAll(
        (name, d) -> d.present(models.getOrDefault(name, d.model()), models.containsKey(name)));
    models.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            m ->
                devices.computeIfAbsent(
                    m.getKey(), n -> Timeline.firstSeen(n, m.getValue(), s.time().at())));
    return s.with(devices);
  }

  private static AgentState granted(AgentState s, Grant grant) {
    Lease known = s.leases().get(grant.leaseId());
    return known == null || known.replaceable()
        ? put(s, new Lease(grant, new Granted(), Usage.NONE, false), s.edge())
        : s;
  }

  private static AgentState prepared(AgentState s, Event.LeasePrepared p) {
    Lease lease =
        s.lease(p.grant().leaseId())
            .orElseGet(() -> new Lease(p.grant(), new Granted(), Usage.NONE, false));
    return switch (lease.state()) {
      case Granted g -> {
        Usage usage = lease.usage().started(s.time().unix());
        Grant grant = lease.everHeld() ? lease.grant() : p.grant();
        yield put(s, new Lease(grant, g.prepare(p.claim()), usage, false), true);
      }
      case Held _, Draining _, Gone _ -> s;
    };
  }

  private static AgentState unprepared(AgentState s, String leaseId) {
    Lease lease = s.leases().get(leaseId);
    return lease == null || lease.claim().isEmpty() ? s : put(s, unprepared(lease), true);
  }

  private static Lease unprepared(Lease lease) {
    return switch (lease.state()) {
      case Held h -> lease.with(h.unprepare());
      case Draining d -> lease.with(d.unprepare());
      case Granted _, Gone _ -> lease;
    };
  }

  private static AgentState revoked(AgentState s, Event.LeaseRevoked r) {
    Lease lease =
        s.lease(r.leaseId())
            .orElseGet(
                () ->
                    new Lease(
                        Grant.unseen(r.leaseId(), r.epoch()), new Granted(), Usage.NONE, false));
    return switch (lease.state()) {
      case Granted g -> put(s, lease.with(g.revoke(r.epoch())), s.edge() || lease.everHeld());
      case Held h -> put(s, lease.with(h.revoke(r.epoch())), true);
      case Draining d -> put(s, lease.with(d.revoke(r.epoch())), s.edge());
      case Gone _ -> s;
    };
  }

  private static AgentState put(AgentState s, Lease lease, boolean edge) {
    Map<String, Lease> leases = new LinkedHashMap<>(s.leases());
    if (lease.gone()) {
      leases.remove(lease.id());
    }
    leases.put(lease.id(), lease);
    return s.withLeases(forgetOldest(leases), edge);
  }

  /** Keeps the tombstones bounded; one whose end was not reported yet is never dropped. */
  private static Map<String, Lease> forgetOldest(Map<String, Lease> leases) {
    List<Lease> gone = new ArrayList<>(leases.values().stream().filter(Lease::gone).toList());
    int excess = gone.size() - TOMBSTONES;
    gone.stream()
        .filter(l -> l.finalReported() || !l.everHeld())
        .limit(Math.max(0, excess))
        .forEach(l -> leases.remove(l.id()));
    return leases;
  }
}
