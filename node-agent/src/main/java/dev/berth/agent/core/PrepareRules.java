package dev.berth.agent.core;

import dev.berth.agent.core.LeaseState.Draining;
import dev.berth.agent.core.LeaseState.Gone;
import dev.berth.agent.core.LeaseState.Granted;
import dev.berth.agent.core.LeaseState.Held;
import dev.berth.agent.core.Verdict.Code;
import dev.berth.agent.core.Verdict.Refused;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * May this claim be prepared? The node's last line of defence: whatever schedulers, operators and
 * kubelets believe, no device is prepared twice and no revoked lease comes back.
 */
public final class PrepareRules {
  private static final int WHOLE_MILLI = 1000;

  private PrepareRules() {}

  /**
   * Judges {@code claim} for the lease that its parameters name.
   *
   * @param unhealthy device cards that are unhealthy now, with the reason
   */
  public static Verdict check(
      AgentState s,
      Grant asked,
      PreparedClaim claim,
      GrantView view,
      Map<String, String> unhealthy) {
    Lease known = s.leases().get(asked.leaseId());
    if (known != null) {
      Optional<Verdict> decided = byState(known, claim);
      if (decided.isPresent()) {
        return decided.get();
      }
    }
    return Stream.of(
            byGrant(s, asked, view),
            byOthers(s, asked),
            byShares(s, asked),
            byHealth(asked, unhealthy))
        .flatMap(Optional::stream)
        .findFirst()
        .orElseGet(Verdict.Accepted::new);
  }

  private static Optional<Verdict> byState(Lease known, PreparedClaim claim) {
    return switch (known.state()) {
      case Granted _ -> Optional.empty();
      case Held h when h.claim().uid().equals(claim.uid()) ->
          Optional.of(new Verdict.AlreadyPrepared(known));
      case Held h ->
          refused(
              Code.LEASE_HELD_BY_ANOTHER_CLAIM,
              "Lease %s is prepared for claim %s/%s; it must be unprepared before claim %s/%s can have it",
              known.id(),
              h.claim().namespace(),
              h.claim().name(),
              claim.namespace(),
              claim.name());
      case Draining _, Gone _ ->
          refused(
              Code.LEASE_GONE,
              "Lease %s was given back and cannot be prepared again; place the workload anew",
              known.id());
    };
  }

  private static Optional<Verdict> byGrant(AgentState s, Grant asked, GrantView view) {
    return switch (view) {
      case GrantView.Unknown _ -> s.lease(asked.leaseId()).flatMap(l -> mismatch(asked, l.grant()));
      case GrantView.Known known ->
          Optional.ofNullable(known.grants().get(asked.leaseId()))
              .map(g -> mismatch(asked, g))
              .orElseGet(
                  () ->
                      refused(
                          Code.NOT_GRANTED,
                          "Lease %s of epoch %d is not among the %d leases the scheduler has placed"
                              + " on this node; it was released or never placed here",
                          asked.leaseId(),
                          asked.epoch(),
                          known.grants().size()));
    };
  }

  private static Optional<Verdict> mismatch(Grant asked, Grant granted) {
    if (names(asked).equals(names(granted)) && asked.epoch() == granted.epoch()) {
      return Optional.empty();
    }
    return refused(
        Code.GRANT_DIFFERS,
        "Lease %s: the claim names devices %s of epoch %d, the scheduler granted %s of epoch %d",
        asked.leaseId(),
        names(asked),
        asked.epoch(),
        names(granted),
        granted.epoch());
  }

  private static Set<String> names(Grant grant) {
    return grant.devices().stream()
        .map(LeaseDevice::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Optional<Verdict> byOthers(AgentState s, Grant asked) {
    return s.leases().values().stream()
        .filter(l -> !l.id().equals(asked.leaseId()))
        .filter(l -> l.claim().isPresent() || l.grant().epoch() > asked.epoch())
        .filter(l -> asked.conflictsWith(l.grant()))
        .findFirst()
        .flatMap(l -> busy(asked, l));
  }

  private static Optional<Verdict> busy(Grant asked, Lease other) {
    return other.claim().isPresent()
        ? refused(
            Code.DEVICE_BUSY,
            "Devices %s of lease %s overlap with %s, still prepared for lease %s (%s)",
            names(asked),
            asked.leaseId(),
            names(other.grant()),
            other.id(),
            other.held() ? "held" : "draining")
        : refused(
            Code.GRANTED_TO_ANOTHER_SINCE,
            "Devices %s of lease %s (epoch %d) were granted to lease %s in the later epoch %d",
            names(asked),
            asked.leaseId(),
            asked.epoch(),
            other.id(),
            other.grant().epoch());
  }

  private static Optional<Verdict> byShares(AgentState s, Grant asked) {
    for (Footprint.Share share : shares(asked)) {
      int taken =
          s.prepared().stream()
              .filter(l -> !l.id().equals(asked.leaseId()))
              .flatMap(l -> shares(l.grant()).stream())
              .filter(o -> o.card().equals(share.card()))
              .mapToInt(Footprint.Share::milli)
              .sum();
      if (taken + share.milli() > WHOLE_MILLI) {
        return refused(
            Code.SHARE_EXCEEDS_CARD,
            "Lease %s asks for %d of 1000 of %s, but %d are prepared for others",
            asked.leaseId(),
            share.milli(),
            share.card(),
            taken);
      }
    }
    return Optional.empty();
  }

  private static List<Footprint.Share> shares(Grant grant) {
    return grant.devices().stream()
        .map(LeaseDevice::footprint)
        .filter(Footprint.Share.class::isInstance)
        .map(Footprint.Share.class::cast)
        .toList();
  }

  private static Optional<Verdict> byHealth(Grant asked, Map<String, String> unhealthy) {
    return asked.devices().stream()
        .filter(d -> unhealthy.containsKey(d.footprint().card()))
        .findFirst()
        .flatMap(
            d ->
                refused(
                    Code.DEVICE_UNHEALTHY,
                    "Device %s of lease %s is unhealthy: %s",
                    d.name(),
                    asked.leaseId(),
                    unhealthy.getOrDefault(d.footprint().card(), "")));
  }

  private static Optional<Verdict> refused(Code code, String format, Object... args) {
    return Optional.of(new Refused(code, code + ": " + String.format(format, args)));
  }
}
