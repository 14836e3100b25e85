package dev.berth.e2e.bench.durable;

import dev.berth.api.agent.v1.AgentMessage;
import dev.berth.api.agent.v1.Heartbeat;
import dev.berth.api.agent.v1.Inventory;
import dev.berth.api.agent.v1.NodeAgentGrpc;
import dev.berth.api.agent.v1.Register;
import dev.berth.api.agent.v1.SchedulerMessage;
import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The agents of nodes that hold nothing: each registers, beats, and comes again to a new leader.
 */
final class FakeNodes implements AutoCloseable {
  private static final long BEAT_SECONDS = 2;
  private static final long PAUSE_MILLIS = 50;

  private static final class Agent implements StreamObserver<SchedulerMessage> {
    private final String node;
    private final Inventory inventory;
    private final ManagedChannel channel;
    private final ScheduledExecutorService thread;
    private @Nullable StreamObserver<AgentMessage> stream;
    private volatile long epoch;

    Agent(
        String node, Inventory inventory, ManagedChannel channel, ScheduledExecutorService thread) {
      this.node = node;
      this.inventory = inventory;
      this.channel = channel;
      this.thread = thread;
    }

    void connect() {
      StreamObserver<AgentMessage> next =
          NodeAgentGrpc.newStub(channel)
              .withWaitForReady()
              .withExecutor(Runnable::run)
              .connect(this);
      Register register =
          Register.newBuilder().setNode(node).setBootId("b").setHighestEpoch(epoch).build();
      next.onNext(AgentMessage.newBuilder().setRegister(register).build());
      next.onNext(AgentMessage.newBuilder().setInventory(inventory).build());
      next.onNext(BEAT);
      stream = next;
    }

    void beat() {
      if (stream != null) {
        stream.onNext(BEAT);
      }
    }

    /** As a node agent does: soon, and waiting for a leader. */
    private void ended() {
      if (!thread.isShutdown()) {
        var _ =
            thread.schedule(
                () -> {
                  stream = null;
                  connect();
                },
                PAUSE_MILLIS,
                TimeUnit.MILLISECONDS);
      }
    }

    @Override
    public void onNext(SchedulerMessage message) {
      epoch = Math.max(epoch, message.getEpoch());
    }

    @Override
    public void onError(Throwable thrown) {
      ended();
    }

    @Override
    public void onCompleted() {
      ended();
    }
  }

  private static final AgentMessage BEAT =
      AgentMessage.newBuilder().setHeartbeat(Heartbeat.getDefaultInstance()).build();

  private final ManagedChannel channel;
  private final List<Agent> agents = new ArrayList<>();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());

  FakeNodes(ManagedChannel channel, Map<String, Inventory> nodes) {
    this.channel = channel;
    nodes.forEach((node, inventory) -> agents.add(new Agent(node, inventory, channel, thread)));
    thread.execute(() -> agents.forEach(Agent::connect));
    var _ = thread.scheduleWithFixedDelay(this::beat, BEAT_SECONDS, BEAT_SECONDS, TimeUnit.SECONDS);
  }

  private void beat() {
    agents.forEach(Agent::beat);
  }

  @Override
  public void close() {
    thread.shutdownNow();
    channel.shutdownNow();
  }
}
