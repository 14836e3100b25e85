package dev.berth.agent.core;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that the agent must remember; rebuilt from the journal by {@link Ledger#step}.
 *
 * @param leases by id, oldest first; gone ones stay as tombstones, the newest {@link
 *     Ledger#TOMBSTONES} of them
 * @param pending reports not yet acknowledged, by rising seq
 * @param edge whether a lease began or ended to be held since the last report
 */
public record AgentState(
    String journalId,
    TimeBase time,
    long highestEpoch,
    Map<String, Timeline> devices,
    Map<String, Lease> leases,
    long lastSeq,
    long ackedSeq,
    List<Report> pending,
    long lastReportAt,
    long lastReportUnix,
    boolean edge) {
  public AgentState {
    devices = Collections.unmodifiableMap(new LinkedHashMap<>(devices));
    leases = Collections.unmodifiableMap(new LinkedHashMap<>(leases));
    pending = List.copyOf(pending);
  }

  /** A journal without a past. */
  public static AgentState empty(String journalId) {
    return new AgentState(
        journalId, TimeBase.START, 0, Map.of(), Map.of(), 0, 0, List.of(), 0, 0, false);
  }

  public Optional<Lease> lease(String id) {
    return Optional.ofNullable(leases.get(id));
  }

  /** The lease that is prepared (held or draining) for the claim with this uid. */
  public Optional<Lease> byClaim(String uid) {
    return leases.values().stream()
        .filter(l -> l.claim().map(c -> c.uid().equals(uid)).orElse(false))
        .findFirst();
  }

  public List<Lease> prepared() {
    return leases.values().stream().filter(l -> l.claim().isPresent()).toList();
  }

  public boolean anyHeld() {
    return leases.values().stream().anyMatch(Lease::held);
  }

  AgentState at(TimeBase t) {
    return with(t, devices, leases, edge);
  }

  AgentState with(Map<String, Timeline> newDevices) {
    return with(time, newDevices, leases, edge);
  }

  AgentState withLeases(Map<String, Lease> newLeases, boolean newEdge) {
    return with(time, devices, newLeases, newEdge);
  }

  AgentState with(
      TimeBase t, Map<String, Timeline> newDevices, Map<String, Lease> newLeases, boolean newEdge) {
    return new AgentState(
        journalId,
        t,
        highestEpoch,
        newDevices,
        newLeases,
        lastSeq,
        ackedSeq,
        pending,
        lastReportAt,
        lastReportUnix,
        newEdge);
  }
}
