package dev.berth.scheduler.simulation;

import dev.berth.api.agent.v1.AgentMessage;
import dev.berth.api.agent.v1.SchedulerMessage;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import org.jspecify.annotations.Nullable;

/**
 * One stream between an agent and a candidate, as the network carries it: in order in each
 * direction, with delays, until it is broken; then each side notices in its own time.
 */
final class Connection extends ServerCallStreamObserver<SchedulerMessage> {
  private final World world;
  private final SimulatedAgent agent;
  private final SimulatedCandidate candidate;
  private final int life;
  private @Nullable StreamObserver<AgentMessage> server;
  private boolean broken;
  private long down;
  private long up;

  Connection(World world, SimulatedAgent agent, SimulatedCandidate candidate) {
    this.world = world;
    this.agent = agent;
    this.candidate = candidate;
    this.life = candidate.life();
  }

  void open() {
    up(name() + " opens", () -> server = candidate.service().connect(this));
  }

  String name() {
    return agent.name() + "-" + candidate.name();
  }

  boolean to(SimulatedCandidate other) {
    return candidate == other;
  }

  /** From the agent to the leader. */
  void send(AgentMessage message) {
    up(
        name() + " up " + message.getMessageCase(),
        () -> {
          if (server != null) {
            server.onNext(message);
          }
        });
  }

  private void up(String what, Runnable action) {
    up = Math.max(up, world.agenda().now() + world.delay());
    world.agenda().at(up, what, () -> arrive(action));
  }

  private void arrive(Runnable action) {
    if (carries() && candidate.life() == life) {
      candidate.deliver(() -> whole(action));
    }
  }

  private void whole(Runnable action) {
    if (candidate.life() == life) {
      action.run();
    }
  }

  /** Whether a message gets through; one that is lost breaks the stream. */
  private boolean carries() {
    if (!broken && world.cut(agent, candidate)) {
      sever();
    }
    return !broken;
  }

  /** The network or one side died: nothing passes any more. */
  void sever() {
    if (broken) {
      return;
    }
    broken = true;
    long notice = world.agenda().between(Agenda.MILLI, 3 * Agenda.SECOND);
    world.agenda().after(notice, name() + " is found broken", () -> agent.lost(this));
    long late = world.agenda().between(Agenda.MILLI, 3 * Agenda.SECOND);
    world.agenda().after(late, name() + " broke", this::brokeAtServer);
  }

  private void brokeAtServer() {
    if (candidate.life() == life && server != null) {
      StreamObserver<AgentMessage> now = server;
      candidate.deliver(() -> whole(() -> now.onError(new IllegalStateException("reset"))));
    }
  }

  @Override
  public void onNext(SchedulerMessage message) {
    if (candidate.life() == life) {
      down = Math.max(down, world.agenda().now() + world.delay());
      String what =
          name() + " down " + message.getMessageCase() + " of epoch " + message.getEpoch();
      world.agenda().at(down, what, () -> received(message));
    }
  }

  /** Now and then a proxy delivers what it had buffered of a stream that is gone. */
  private void received(SchedulerMessage message) {
    if (carries()) {
      agent.receive(this, message);
      if (world.fault(10)) {
        long late = world.agenda().between(0, 5 * Agenda.SECOND);
        world.agenda().after(late, name() + " repeats", () -> agent.receiveLate(this, message));
      }
    } else if (world.fault(50)) {
      agent.receiveLate(this, message);
    }
  }

  @Override
  public void onError(Throwable t) {
    onCompleted();
  }

  @Override
  public void onCompleted() {
    if (candidate.life() == life) {
      down = Math.max(down, world.agenda().now() + world.delay());
      world.agenda().at(down, name() + " ended", () -> agent.lost(this));
    }
  }

  @Override
  public boolean isReady() {
    return true;
  }

  @Override
  public boolean isCancelled() {
    return false;
  }

  @Override
  public void setOnCancelHandler(Runnable handler) {}

  @Override
  public void setOnReadyHandler(Runnable handler) {}

  @Override
  public void setCompression(String compression) {}

  @Override
  public void setMessageCompression(boolean enable) {}

  @Override
  public void disableAutoInboundFlowControl() {}

  @Override
  public void request(int count) {}
}
