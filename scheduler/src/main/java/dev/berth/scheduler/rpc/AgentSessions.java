package dev.berth.scheduler.rpc;

import dev.berth.api.common.v1.ReasonCode;
import dev.berth.scheduler.core.Effect;
import dev.berth.scheduler.core.Event;
import dev.berth.scheduler.core.State;
import dev.berth.scheduler.core.model.Lease;
import dev.berth.scheduler.core.model.Placement;
import dev.berth.scheduler.leadership.DecisionLoop;
import dev.berth.scheduler.leadership.DecisionObserver;
import dev.berth.scheduler.leadership.TermListener;
import io.grpc.Status;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Consumer;

/** The connected agents, one session a node; tells them what decisions mean for their node. */
public final class AgentSessions implements DecisionObserver, TermListener {
  private final Map<String, AgentSession> byNode = new ConcurrentHashMap<>();

  /** Nodes with something new since the last commit, which goes out in one message. */
  private final Set<String> changed = new ConcurrentSkipListSet<>();

  /** A later connection of the same node replaces the earlier one. */
  void add(AgentSession session) {
    AgentSession former = byNode.put(session.node(), session);
    if (former != null) {
      former.end(
          Refusals.of(
              Status.ABORTED,
              ReasonCode.REASON_CODE_UNSPECIFIED,
              "Node " + session.node() + " connected again; this stream is replaced."));
    }
  }

  boolean isCurrent(AgentSession session) {
    return byNode.get(session.node()) == session;
  }

  void remove(AgentSession session) {
    byNode.remove(session.node(), session);
  }

  @Override
  public void decided(State state, Event event, List<Effect> effects, long nanos) {
    for (Effect effect : effects) {
      if (effect instanceof Effect.LeaseGranted(Lease lease, Placement.Placed placed)) {
        tell(lease.node(), session -> session.grant(lease, placed));
      } else if (effect instanceof Effect.LeaseRevoked(String node, String lease)) {
        tell(node, session -> session.revoke(lease));
      }
    }
  }

  @Override
  public void settled() {
    changed.forEach(node -> with(node, AgentSession::drain));
    changed.clear();
  }

  private void tell(String node, Consumer<AgentSession> what) {
    changed.add(node);
    with(node, what);
  }

  private void with(String node, Consumer<AgentSession> what) {
    AgentSession session = byNode.get(node);
    if (session != null) {
      what.accept(session);
    }
  }

  @Override
  public void leading(DecisionLoop decisions) {}

  @Override
  public void notLeading() {
    byNode.values().forEach(s -> s.end(Refusals.notLeader("Leadership moved; connect again.")));
    byNode.clear();
  }
}
