package dev.berth.scheduler.rpc;

import dev.berth.api.agent.v1.Grant;
import dev.berth.api.agent.v1.Granted;
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
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * What goes out to one agent: after its inventory a full list of grants, made when it is sent, then
 * what is granted and revoked since. However slow an agent is, at most its leases wait for it.
 */
final class AgentSession {
  private final String node;
  private final DecisionLoop decisions;
  private final ServerCallStreamObserver<SchedulerMessage> call;
  private final Set<String> revokes = new LinkedHashSet<>();
  private final Map<String, Grant> granted = new LinkedHashMap<>();
  private boolean listed;
  private boolean listDue;
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
      listed = true;
      listDue = true;
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

  /** Sent by the next {@link #drain}; before the full list there is no need. */
  synchronized void grant(Lease lease, Placement.Placed placed) {
    if (listed) {
      granted.put(lease.id(), message(lease, placed));
    }
  }

  /** Sent by the next {@link #drain}. */
  synchronized void revoke(String leaseId) {
    granted.remove(leaseId);
    revokes.add(leaseId);
  }

  /**
   * Sends what is due, as far as the transport takes it now. A lease that waits to be revoked and
   * to be granted was granted anew, so that comes last.
   */
  synchronized void drain() {
    while (!ended && call.isReady() && (listDue || !revokes.isEmpty() || !granted.isEmpty())) {
      if (listDue) {
        listDue = false;
        granted.clear();
        send(message().setGrants(grants(decisions.state())).build());
      } else if (!revokes.isEmpty()) {
        String lease = revokes.iterator().next();
        revokes.remove(lease);
        send(message().setRevoke(Revoke.newBuilder().setLeaseId(lease)).build());
      } else {
        Granted now = Granted.newBuilder().addAllGrants(granted.values()).build();
        granted.clear();
        send(message().setGranted(now).build());
      }
    }
  }

  private Grants grants(State state) {
    Grants.Builder grants = Grants.newBuilder();
    Node known = state.nodes().get(node);
    for (Lease lease : known == null ? Set.<Lease>of() : known.leases().values()) {
      if (state.placements().get(Request.placementOf(lease.id()))
          instanceof Placement.Placed placed) {
        grants.addGrants(message(lease, placed));
      }
    }
    return grants.build();
  }

  private static Grant message(Lease lease, Placement.Placed placed) {
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
