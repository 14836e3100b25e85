package dev.berth.agent.core;

import dev.berth.agent.core.Report.DeviceTotals;
import dev.berth.agent.core.Report.LeaseTotals;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Which reports there are, when the next is due, and what it says. */
public final class Reports {
  /** With so many unacknowledged, only starts, ends and midnight are still reported. */
  static final int BACKLOG = 64;

  private static final int IDLE_FACTOR = 10;
  private static final long DAY = 86_400_000_000_000L;

  private Reports() {}

  /**
   * Informative metering of one lease.
   *
   * @param busyNanos total so far
   * @param energyMillijoules total so far
   */
  public record Metered(long busyNanos, long energyMillijoules) {}

  /** Whether a report should be emitted now; {@code interval} in ns, while anything is held. */
  public static boolean due(AgentState state, Moment now, long interval) {
    AgentState s = Ledger.advance(state, now);
    if (s.edge() || crossedMidnight(s)) {
      return true;
    }
    long wait = s.anyHeld() ? interval : IDLE_FACTOR * interval;
    return s.pending().size() < BACKLOG && s.time().at() - s.lastReportAt() >= wait;
  }

  private static boolean crossedMidnight(AgentState s) {
    return s.lastSeq() > 0
        && Math.floorDiv(s.time().unix(), DAY) > Math.floorDiv(s.lastReportUnix(), DAY);
  }

  /** The next report of a state that was advanced to now. */
  public static Report next(AgentState s, Map<String, Metered> metered) {
    List<LeaseTotals> leases =
        s.leases().values().stream()
            .filter(l -> l.everHeld() && !l.finalReported())
            .map(l -> totals(l, metered))
            .toList();
    return new Report(s.lastSeq() + 1, s.time().unix(), leases, devices(s));
  }

  /** The timelines of all devices, as they stand. */
  public static List<DeviceTotals> devices(AgentState s) {
    return s.devices().values().stream()
        .map(d -> new DeviceTotals(d, s.time().at() - d.firstAt(), heldBy(s, d.name())))
        .toList();
  }

  private static LeaseTotals totals(Lease lease, Map<String, Metered> metered) {
    Metered m = metered.get(lease.id());
    Usage usage = lease.usage();
    Usage now =
        m == null
            ? usage
            : usage.metered(
                Math.max(m.busyNanos(), usage.busyNanos()),
                Math.max(m.energyMillijoules(), usage.energyMillijoules()));
    return new LeaseTotals(lease.grant(), now, lease.gone());
  }

  private static List<String> heldBy(AgentState s, String card) {
    return s.leases().values().stream()
        .filter(l -> l.held() && l.grant().occupies(card))
        .map(Lease::id)
        .toList();
  }

  static AgentState epoch(AgentState s, long epoch) {
    return copy(s, s.journalId(), epoch, s.leases(), s.lastSeq(), s.ackedSeq(), s.pending());
  }

  static AgentState emitted(AgentState s, Report r) {
    Map<String, Lease> leases = new LinkedHashMap<>(s.leases());
    for (LeaseTotals t : r.leases()) {
      leases.computeIfPresent(
          t.grant().leaseId(), (id, l) -> l.with(keepMetered(l, t)).reported(t.ended()));
    }
    List<Report> pending = Stream.concat(s.pending().stream(), Stream.of(r)).toList();
    return new AgentState(
        s.journalId(),
        s.time(),
        s.highestEpoch(),
        s.devices(),
        leases,
        r.seq(),
        s.ackedSeq(),
        pending,
        s.time().at(),
        s.time().unix(),
        false);
  }

  private static Usage keepMetered(Lease lease, LeaseTotals t) {
    return lease.usage().metered(t.usage().busyNanos(), t.usage().energyMillijoules());
  }

  static AgentState acked(AgentState s, long seq) {
    long acked = Math.min(Math.max(s.ackedSeq(), seq), s.lastSeq());
    List<Report> pending = s.pending().stream().filter(r -> r.seq() > acked).toList();
    return copy(s, s.journalId(), s.highestEpoch(), s.leases(), s.lastSeq(), acked, pending);
  }

  /** Totals are cumulative, so all that matters is said again under the new identity. */
  static AgentState renewed(AgentState s, String journalId) {
    Map<String, Lease> leases = new LinkedHashMap<>(s.leases());
    leases.replaceAll((id, l) -> l.reported(false));
    return copy(s, journalId, s.highestEpoch(), leases, 0, 0, List.of());
  }

  private static AgentState copy(
      AgentState s,
      String journalId,
      long epoch,
      Map<String, Lease> leases,
      long lastSeq,
      long acked,
      List<Report> pending) {
    return new AgentState(
        journalId,
        s.time(),
        epoch,
        s.devices(),
        leases,
        lastSeq,
        acked,
        pending,
        s.lastReportAt(),
        s.lastReportUnix(),
        s.edge() || lastSeq < s.lastSeq());
  }
}
