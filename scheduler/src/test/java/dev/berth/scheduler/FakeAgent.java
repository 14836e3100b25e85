package dev.berth.scheduler;

import dev.berth.api.agent.v1.AgentMessage;
import dev.berth.api.agent.v1.DeviceHealth;
import dev.berth.api.agent.v1.Grant;
import dev.berth.api.agent.v1.Heartbeat;
import dev.berth.api.agent.v1.Inventory;
import dev.berth.api.agent.v1.LeaseGone;
import dev.berth.api.agent.v1.NodeAgentGrpc;
import dev.berth.api.agent.v1.Register;
import dev.berth.api.agent.v1.SchedulerMessage;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A node agent on the real wire that holds nothing but what a test tells it to. */
public final class FakeAgent implements StreamObserver<SchedulerMessage> {
  private final String node;
  private final StreamObserver<AgentMessage> stream;
  private final Set<String> held = new ConcurrentSkipListSet<>();
  public final List<String> granted = new CopyOnWriteArrayList<>();
  public final List<String> revoked = new CopyOnWriteArrayList<>();
  public final List<Long> epochs = new CopyOnWriteArrayList<>();
  public volatile boolean welcomed;
  public volatile boolean answerRevokes = true;
  public volatile @Nullable Status ended;

  public FakeAgent(String node, Channel channel) {
    this.node = node;
    this.stream = NodeAgentGrpc.newStub(channel).withWaitForReady().connect(this);
  }

  public FakeAgent register(long highestEpoch) {
    Register register =
        Register.newBuilder().setNode(node).setHighestEpoch(highestEpoch).setBootId("b").build();
    send(AgentMessage.newBuilder().setRegister(register).build());
    return this;
  }

  public FakeAgent inventory(Inventory inventory) {
    send(AgentMessage.newBuilder().setInventory(inventory).build());
    return this;
  }

  public FakeAgent heartbeat() {
    Heartbeat beat = Heartbeat.newBuilder().addAllHeldLeases(held).build();
    send(AgentMessage.newBuilder().setHeartbeat(beat).build());
    return this;
  }

  public void hold(String lease) {
    held.add(lease);
    heartbeat();
  }

  public void health(String device, boolean healthy) {
    DeviceHealth health = DeviceHealth.newBuilder().setDevice(device).setHealthy(healthy).build();
    send(AgentMessage.newBuilder().setHealth(health).build());
  }

  public void goodbye() {
    stream.onCompleted();
  }

  private synchronized void send(AgentMessage message) {
    stream.onNext(message);
  }

  @Override
  public void onNext(SchedulerMessage message) {
    epochs.add(message.getEpoch());
    switch (message.getMessageCase()) {
      case WELCOME -> welcomed = true;
      case GRANTS -> {
        List<String> now = new ArrayList<>();
        message.getGrants().getGrantsList().stream().map(Grant::getLeaseId).forEach(now::add);
        granted.clear();
        granted.addAll(now);
      }
      case GRANTED ->
          message.getGranted().getGrantsList().stream()
              .map(Grant::getLeaseId)
              .filter(lease -> !granted.contains(lease))
              .forEach(granted::add);
      case REVOKE -> revoke(message.getRevoke().getLeaseId(), message.getEpoch());
      case MESSAGE_NOT_SET -> throw new AssertionError("empty message");
    }
  }

  private void revoke(String lease, long epoch) {
    granted.remove(lease);
    revoked.add(lease);
    if (answerRevokes) {
      held.remove(lease);
      LeaseGone gone = LeaseGone.newBuilder().setLeaseId(lease).setEpoch(epoch).build();
      send(AgentMessage.newBuilder().setGone(gone).build());
    }
  }

  @Override
  public void onError(Throwable thrown) {
    ended = Status.fromThrowable(thrown);
  }

  @Override
  public void onCompleted() {
    ended = Status.OK;
  }
}
