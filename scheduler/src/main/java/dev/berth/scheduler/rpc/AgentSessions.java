package dev.berth.scheduler.rpc;

import dev.berth.api.common.v1.ReasonCode;
import dev.berth.scheduler.core.Effect;
import dev.berth.scheduler.core.Event;
import dev.berth.scheduler.core.State;
import dev.berth.scheduler.leadership.DecisionLoop;
import dev.berth.scheduler.leadership.DecisionObserver;
import dev.berth.scheduler.leadership.TermListener;
import io.grpc.Status;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The connected agents, one session a node; tells them what decisions mean for their node. */
public final class AgentSessions implements DecisionObserver, TermListener {
  private final Map<String, AgentSession> byNode = new ConcurrentHashMap<>();

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
      if (effect instanceof Effect.GrantsChanged changed) {
        tell(changed.node(), AgentSession::grantsChanged);
      } else if (effect instanceof Effect.LeaseRevoked revoked) {
        tell(revoked.node(), session -> session.revoke(revoked.leaseId()));
      }
    }
  }

  private void tell(String node, Consumer<AgentSession> what) {
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
