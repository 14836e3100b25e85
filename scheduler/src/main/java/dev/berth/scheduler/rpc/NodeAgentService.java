package dev.berth.scheduler.rpc;

import dev.berth.api.agent.v1.AgentMessage;
import dev.berth.api.agent.v1.NodeAgentGrpc;
import dev.berth.api.agent.v1.SchedulerMessage;
import dev.berth.scheduler.leadership.ActiveTerm;
import dev.berth.scheduler.leadership.DecisionLoop;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.function.LongConsumer;

/** The NodeAgent service: one stream a node. */
public final class NodeAgentService extends NodeAgentGrpc.NodeAgentImplBase {
  private final String schedulerId;
  private final ActiveTerm active;
  private final AgentSessions sessions;
  private final LongConsumer outrun;

  /** {@code outrun} hears of a later epoch than this leader's. */
  public NodeAgentService(
      String schedulerId, ActiveTerm active, AgentSessions sessions, LongConsumer outrun) {
    this.schedulerId = schedulerId;
    this.active = active;
    this.sessions = sessions;
    this.outrun = outrun;
  }

  @Override
  public StreamObserver<AgentMessage> connect(StreamObserver<SchedulerMessage> observer) {
    DecisionLoop decisions = active.current();
    if (decisions == null) {
      observer.onError(Refusals.notLeader("This scheduler is a standby; connect to the leader."));
      return Ignoring.INSTANCE;
    }
    return new AgentStream(
        schedulerId,
        decisions,
        sessions,
        outrun,
        (ServerCallStreamObserver<SchedulerMessage>) observer);
  }

  /** Takes what still arrives on a call that was refused. */
  private enum Ignoring implements StreamObserver<AgentMessage> {
    INSTANCE;

    @Override
    public void onNext(AgentMessage message) {}

    @Override
    public void onError(Throwable thrown) {}

    @Override
    public void onCompleted() {}
  }
}
