package dev.berth.agent.core;

import dev.berth.agent.core.LeaseState.Draining;
import dev.berth.agent.core.LeaseState.Gone;
import dev.berth.agent.core.LeaseState.Granted;
import dev.berth.agent.core.LeaseState.Held;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the agent does with what a scheduler sends. */
public final class GrantRules {
  private GrantRules() {}

  /** A message with an epoch below the highest seen comes from a deposed leader and is refused. */
  public static boolean stale(AgentState s, long epoch) {
    return epoch < s.highestEpoch();
  }

  public static List<Event> onEpoch(AgentState s, long epoch) {
    return epoch > s.highestEpoch() ? List.of(new Event.EpochSeen(epoch)) : List.of();
  }

  /**
   * The full list of leases placed here: new ones are remembered, and known ones that are missing
   * were released while we were not listening. A lease that is not in {@code listed} (known when
   * the stream began, or named on it since) may be younger than a list that was long under way: it
   * stays, and the heartbeat tells the scheduler of it.
   */
  public static List<Event> onGrants(
      AgentState s, long epoch, Map<String, Grant> grants, Set<String> listed) {
    List<Event> events = new ArrayList<>();
    grants.values().stream()
        .filter(g -> isNews(s, g))
        .map(Event.LeaseGranted::new)
        .forEach(events::add);
    s.leases().values().stream()
        .filter(l -> listed.contains(l.id()) && !grants.containsKey(l.id()) && revocable(l))
        .map(l -> new Event.LeaseRevoked(l.id(), epoch))
        .forEach(events::add);
    return events;
  }

  private static boolean isNews(AgentState s, Grant grant) {
    Lease known = s.leases().get(grant.leaseId());
    return known == null || (known.replaceable() && !known.grant().equals(grant));
  }

  private static boolean revocable(Lease lease) {
    return switch (lease.state()) {
      case Granted _, Held _ -> true;
      case Draining _, Gone _ -> false;
    };
  }

  public static List<Event> onRevoke(AgentState s, String leaseId, long epoch) {
    boolean news = s.lease(leaseId).map(l -> revocable(l) || drainsSince(l, epoch)).orElse(true);
    return news ? List.of(new Event.LeaseRevoked(leaseId, epoch)) : List.of();
  }

  private static boolean drainsSince(Lease lease, long epoch) {
    return lease.state() instanceof Draining d && d.revokeEpoch() < epoch;
  }
}
