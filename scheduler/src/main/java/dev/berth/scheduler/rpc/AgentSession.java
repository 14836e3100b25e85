package dev.berth.scheduler.rpc;

import dev.berth.api.agent.v1.Grant;
import dev.berth.api.agent.v1.Grants;
import dev.berth.api.agent.v1.Revoke;
import dev.berth.api.agent.v1.SchedulerMessage;
import dev.berth.api.agent.v1.Welcome;
import dev.berth.scheduler.core.State;
import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.model.Device;
import dev.berth.scheduler.core.model.Lease;
import dev.berth.scheduler.core.model.Placement;
import dev.berth.scheduler.core.model.Request;
import dev.berth.scheduler.leadership.DecisionLoop;
import dev.berth.scheduler.wire.Devices;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What goes out to one agent. Grants are a full list made when it is sent, and revokes are a set,
 * so however slow an agent is, little waits for it and what it gets is up to date.
 */
final class AgentSession {
  private final String node;
  private final DecisionLoop decisions;
  private final ServerCallStreamObserver<SchedulerMessage> call;
  private final Set<String> revokes = new LinkedHashSet<>();
  private boolean grantsDue;
  private boolean ended;

  AgentSession(
      String node, DecisionLoop decisions, ServerCallStreamObserver<SchedulerMessage> call) {
    this.node = node;
    this.decisions = decisions;
    this.call = call;
  }

  String node() {
    return node;
  }

  synchronized void welcome(String schedulerId, long heartbeatNanos) {
    Welcome welcome =
        Welcome.newBuilder().setSchedulerId(schedulerId).setHeartbeatNanos(heartbeatNanos).build();
    send(message().setWelcome(welcome).build());
  }

  /** After the inventory: everything granted here, and everything that is to be drained. */
  void inventoried() {
    State state = decisions.state();
    synchronized (this) {
      grantsDue = true;
      Node known = state.nodes().get(node);
      for (Lease lease : known == null ? Set.<Lease>of() : known.leases().values()) {
        if (state.placements().get(Request.placementOf(lease.id()))
            instanceof Placement.Releasing) {
          revokes.add(lease.id());
        }
      }
    }
    drain();
  }

  /** Sent by the next {@link #drain}. */
  synchronized void grantsChanged() {
    grantsDue = true;
  }

  /** Sent by the next {@link #drain}. */
  synchronized void revoke(String leaseId) {
    revokes.add(leaseId);
  }

  /** Sends what is due, as far as the transport takes it now. */
  synchronized void drain() {
    while (!ended && call.isReady() && (grantsDue || !revokes.isEmpty())) {
      if (grantsDue) {
        grantsDue = false;
        send(message().setGrants(grants(decisions.state())).build());
      } else {
        String lease = revokes.iterator().next();
        revokes.remove(lease);
        send(message().setRevoke(Revoke.newBuilder().setLeaseId(lease)).build());
      }
    }
  }

  private Grants grants(State state) {
    Grants.Builder grants = Grants.newBuilder();
    Node known = state.nodes().get(node);
    for (Lease lease : known == null ? Set.<Lease>of() : known.leases().values()) {
      if (state.placements().get(Request.placementOf(lease.id()))
          instanceof Placement.Placed placed) {
        grants.addGrants(grant(lease, placed));
      }
    }
    return grants.build();
  }

  private static Grant grant(Lease lease, Placement.Placed placed) {
    return Grant.newBuilder()
        .setLeaseId(lease.id())
        .setEpoch(placed.epoch())
        .addAllDevices(lease.devices().stream().map(Devices::write).toList())
        .setAccount(placed.request().account())
        .setOwner(placed.request().owner())
        .setFlavor(placed.granted().flavor())
        .setCatalogVersion(placed.granted().catalogVersion())
        .setSeat(lease.devices().stream().anyMatch(device -> device instanceof Device.Seat))
        .build();
  }

  private SchedulerMessage.Builder message() {
    return SchedulerMessage.newBuilder().setEpoch(decisions.epoch());
  }

  private synchronized void send(SchedulerMessage message) {
    if (!ended && !call.isCancelled()) {
      call.onNext(message);
    }
  }

  synchronized void end(Throwable why) {
    if (!ended && !call.isCancelled()) {
      call.onError(why);
    }
    ended = true;
  }

  synchronized void complete() {
    if (!ended && !call.isCancelled()) {
      call.onCompleted();
    }
    ended = true;
  }
}
