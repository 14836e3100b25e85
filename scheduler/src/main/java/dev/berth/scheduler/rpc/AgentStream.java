package dev.berth.scheduler.rpc;

import dev.berth.api.agent.v1.AgentMessage;
import dev.berth.api.agent.v1.Inventory;
import dev.berth.api.agent.v1.Register;
import dev.berth.api.agent.v1.SchedulerMessage;
import dev.berth.api.common.v1.ReasonCode;
import dev.berth.scheduler.core.Event;
import dev.berth.scheduler.leadership.DecisionLoop;
import dev.berth.scheduler.wire.Inventories;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What comes in from one agent: Register, then Inventory, then anything. */
final class AgentStream implements StreamObserver<AgentMessage> {
  private static final Logger LOG = LoggerFactory.getLogger(AgentStream.class);
  static final long HEARTBEAT_NANOS = TimeUnit.SECONDS.toNanos(1);

  private sealed interface Progress {
    record Connected() implements Progress {}

    record Registered(AgentSession session) implements Progress {}

    record Inventoried(AgentSession session) implements Progress {}

    record Ended() implements Progress {}
  }

  private final String schedulerId;
  private final DecisionLoop decisions;
  private final AgentSessions sessions;
  private final LongConsumer outrun;
  private final ServerCallStreamObserver<SchedulerMessage> call;
  private volatile Progress progress = new Progress.Connected();

  AgentStream(
      String schedulerId,
      DecisionLoop decisions,
      AgentSessions sessions,
      LongConsumer outrun,
      ServerCallStreamObserver<SchedulerMessage> call) {
    this.schedulerId = schedulerId;
    this.decisions = decisions;
    this.sessions = sessions;
    this.outrun = outrun;
    this.call = call;
    call.setOnReadyHandler(this::ready);
  }

  private void ready() {
    if (progress instanceof Progress.Inventoried(AgentSession session)) {
      session.drain();
    }
  }

  @Override
  public void onNext(AgentMessage message) {
    switch (progress) {
      case Progress.Connected connected -> first(message);
      case Progress.Registered(AgentSession session) -> second(session, message);
      case Progress.Inventoried(AgentSession session) -> later(session, message);
      case Progress.Ended ended -> {}
    }
  }

  private void first(AgentMessage message) {
    Register register = message.getRegister();
    if (!message.hasRegister() || register.getNode().isEmpty()) {
      refuse(
          "The first message is " + message.getMessageCase() + "; expected Register with a node.");
    } else if (register.getHighestEpoch() > decisions.epoch()) {
      progress = new Progress.Ended();
      call.onError(Refusals.staleEpoch(register.getHighestEpoch(), decisions.epoch()));
      outrun.accept(register.getHighestEpoch());
    } else {
      AgentSession session = new AgentSession(register.getNode(), decisions, call);
      progress = new Progress.Registered(session);
      session.welcome(schedulerId, HEARTBEAT_NANOS);
    }
  }

  private void second(AgentSession session, AgentMessage message) {
    if (message.hasInventory()) {
      inventory(session, message.getInventory());
    } else {
      refuse("The second message is " + message.getMessageCase() + "; expected Inventory.");
    }
  }

  private void inventory(AgentSession session, Inventory wire) {
    String broken = Inventories.broken(wire);
    if (broken != null) {
      refuse("The inventory of node " + session.node() + " cannot be used: " + broken + ".");
      return;
    }
    if (progress instanceof Progress.Registered) {
      progress = new Progress.Inventoried(session);
      sessions.add(session);
      LOG.atInfo()
          .addKeyValue("node", session.node())
          .addKeyValue("cards", wire.getCardsCount())
          .log("Agent connected.");
    }
    submit(
        session,
        new Event.NodeRegistered(session.node(), Inventories.read(wire)),
        session::inventoried);
  }

  private void later(AgentSession session, AgentMessage message) {
    if (!sessions.isCurrent(session)) {
      return;
    }
    String node = session.node();
    switch (message.getMessageCase()) {
      case INVENTORY -> inventory(session, message.getInventory());
      case HEARTBEAT ->
          submit(session, new Event.Heartbeat(node, message.getHeartbeat().getHeldLeasesList()));
      case HEALTH ->
          submit(
              session,
              new Event.DeviceHealth(
                  node, message.getHealth().getDevice(), message.getHealth().getHealthy()));
      case GONE -> submit(session, new Event.LeaseGone(node, message.getGone().getLeaseId()));
      case REGISTER -> refuse("Node " + node + " registered already; open another stream.");
      case MESSAGE_NOT_SET -> {} // A later kind of message that this leader does not know.
    }
  }

  /** What cannot be decided must not be lost: the agent connects anew and says everything again. */
  private void submit(AgentSession session, Event event, Runnable then) {
    var _ =
        decisions
            .submit(event)
            .thenRun(then)
            .exceptionally(
                thrown -> {
                  sessions.remove(session);
                  session.end(Refusals.from(thrown));
                  return null;
                });
  }

  private void submit(AgentSession session, Event event) {
    submit(session, event, () -> {});
  }

  private void refuse(String message) {
    Status status = Status.INVALID_ARGUMENT;
    Throwable why = Refusals.of(status, ReasonCode.REASON_CODE_UNSPECIFIED, message);
    end(why);
  }

  private void end(Throwable why) {
    switch (progress) {
      case Progress.Connected connected -> call.onError(why);
      case Progress.Registered(AgentSession session) -> session.end(why);
      case Progress.Inventoried(AgentSession session) -> {
        sessions.remove(session);
        session.end(why);
      }
      case Progress.Ended ended -> {}
    }
    progress = new Progress.Ended();
  }

  /** The connection broke: the agent may come back before the node timeout, so nothing is lost. */
  @Override
  public void onError(Throwable thrown) {
    if (progress instanceof Progress.Inventoried(AgentSession session)) {
      sessions.remove(session);
      LOG.atWarn()
          .addKeyValue("node", session.node())
          .addKeyValue("cause", String.valueOf(thrown))
          .log("The stream of an agent broke.");
    }
    progress = new Progress.Ended();
  }

  /** The agent said goodbye: nothing new is placed there until it is back. */
  @Override
  public void onCompleted() {
    switch (progress) {
      case Progress.Connected connected -> call.onCompleted();
      case Progress.Registered(AgentSession session) -> session.complete();
      case Progress.Inventoried(AgentSession session) -> {
        if (sessions.isCurrent(session)) {
          submit(session, new Event.NodeLost(session.node()));
        }
        sessions.remove(session);
        session.complete();
      }
      case Progress.Ended ended -> {}
    }
    progress = new Progress.Ended();
  }
}
