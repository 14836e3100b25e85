package dev.berth.scheduler.simulation;

import dev.berth.api.agent.v1.AgentMessage;
import dev.berth.api.agent.v1.DeviceHealth;
import dev.berth.api.agent.v1.Grant;
import dev.berth.api.agent.v1.Heartbeat;
import dev.berth.api.agent.v1.LeaseGone;
import dev.berth.api.agent.v1.Register;
import dev.berth.api.agent.v1.SchedulerMessage;
import dev.berth.scheduler.core.model.Inventory;
import dev.berth.scheduler.simulation.AgentJournal.Known;
import dev.berth.scheduler.simulation.Wiring.AgentFlaw;
import dev.berth.scheduler.wire.Devices;
import dev.berth.scheduler.wire.Inventories;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A node with its agent and hardware. The agent's rules are those of the node agent, in small; what
 * is prepared on the hardware is kept apart from what the agent believes.
 */
final class SimulatedAgent {
  private final World world;
  private final String name;
  private final AgentJournal journal;
  private final NodeHardware hardware;
  private final Set<String> toldGone = new HashSet<>();
  private Inventory inventory;
  private @Nullable Connection connection;
  private @Nullable Map<String, Known> granted;
  private boolean up = true;
  private boolean welcomed;
  private int life;
  private long acceptedEpoch;

  SimulatedAgent(World world, String name, Inventory inventory) {
    this.world = world;
    this.name = name;
    this.inventory = inventory;
    this.journal = new AgentJournal(world.wiring());
    this.hardware = new NodeHardware(world, name);
  }

  String name() {
    return name;
  }

  Inventory inventory() {
    return inventory;
  }

  boolean up() {
    return up;
  }

  NodeHardware hardware() {
    return hardware;
  }

  // --- The stream ---

  void start() {
    connect(life);
    beat(life);
  }

  private void connect(int sameLife) {
    if (sameLife != life || !up || connection != null) {
      return;
    }
    SimulatedCandidate target = world.likelyLeader();
    if (world.cut(this, target) || !target.running()) {
      retry();
      return;
    }
    Connection now = new Connection(world, this, target);
    connection = now;
    target.connected(now);
    now.open();
    journal.registered();
    send(
        AgentMessage.newBuilder()
            .setRegister(
                Register.newBuilder().setNode(name).setHighestEpoch(journal.highestEpoch())));
    send(AgentMessage.newBuilder().setInventory(Inventories.write(inventory)));
  }

  private void retry() {
    int same = life;
    long delay = world.agenda().between(Agenda.SECOND / 10, Agenda.SECOND);
    world.agenda().after(delay, name + " connects", () -> connect(same));
  }

  private void send(AgentMessage.Builder message) {
    if (connection != null) {
      connection.send(message.build());
    }
  }

  void lost(Connection which) {
    if (up && which == connection) {
      disconnect();
      retry();
    }
  }

  private void disconnect() {
    connection = null;
    granted = null;
    welcomed = false;
  }

  @Nullable Connection connection() {
    return connection;
  }

  void receive(Connection from, SchedulerMessage message) {
    if (!up || from != connection) {
      return;
    }
    if (stale(message.getEpoch())) {
      from.sever();
      disconnect();
      retry();
    } else {
      act(message);
    }
  }

  /** From a stream that is no longer, or a second time: only a stale one could come like that. */
  void receiveLate(Connection from, SchedulerMessage message) {
    if (up && message.getEpoch() < acceptedEpoch && !stale(message.getEpoch())) {
      act(message);
    }
  }

  private boolean stale(long epoch) {
    boolean stale =
        epoch < journal.highestEpoch() && !world.wiring().agent(AgentFlaw.ACCEPTS_OLD_EPOCHS);
    if (stale) {
      world.tally().count(Tally.Kind.STALE_MESSAGES);
    }
    return stale;
  }

  private void act(SchedulerMessage message) {
    long epoch = message.getEpoch();
    Checks.require(
        epoch >= acceptedEpoch, "%s accepts epoch %d after %d", name, epoch, acceptedEpoch);
    acceptedEpoch = epoch;
    journal.heard(epoch);
    switch (message.getMessageCase()) {
      case WELCOME -> {
        welcomed = true;
        heartbeat();
        sayGone();
      }
      case GRANTS -> grants(epoch, Map.of(), message.getGrants().getGrantsList());
      case GRANTED ->
          grants(epoch, granted == null ? Map.of() : granted, message.getGranted().getGrantsList());
      case REVOKE -> revoke(epoch, message.getRevoke().getLeaseId());
      case MESSAGE_NOT_SET -> throw new AssertionError("an empty message");
    }
  }

  private void grants(long epoch, Map<String, Known> before, List<Grant> list) {
    Map<String, Known> now = new LinkedHashMap<>(before);
    for (Grant grant : list) {
      now.put(
          grant.getLeaseId(),
          Known.granted(
              grant.getLeaseId(),
              grant.getEpoch(),
              grant.getDevicesList().stream().map(Devices::read).toList()));
    }
    journal.granted(now, epoch);
    granted = now;
    sayGone();
  }

  private void revoke(long epoch, String lease) {
    if (world.wiring().agent(AgentFlaw.HEARS_NO_REVOKE)) {
      return;
    }
    journal.revoke(lease, epoch);
    if (granted != null) {
      granted.remove(lease);
    }
    boolean early = world.wiring().agent(AgentFlaw.GONE_WHILE_DRAINING);
    if (early || journal.gone(lease)) {
      sayGone(lease, epoch);
    }
  }

  private void sayGone() {
    if (welcomed) {
      for (Known lease : journal.gone()) {
        if (!toldGone.contains(lease.id())) {
          sayGone(lease.id(), lease.revokeEpoch());
        }
      }
    }
  }

  private void sayGone(String lease, long epoch) {
    boolean silent = world.wiring().agent(AgentFlaw.SAYS_GONE_ONCE) && toldGone.contains(lease);
    toldGone.add(lease);
    if (!silent) {
      heartbeat();
      send(
          AgentMessage.newBuilder()
              .setGone(LeaseGone.newBuilder().setLeaseId(lease).setEpoch(epoch)));
    }
  }

  private void beat(int sameLife) {
    long delay = Agenda.SECOND - world.agenda().between(0, 50 * Agenda.MILLI);
    world
        .agenda()
        .after(
            delay,
            name + " beats",
            () -> {
              if (sameLife == life && up) {
                if (welcomed) {
                  heartbeat();
                }
                beat(sameLife);
              }
            });
  }

  private void heartbeat() {
    send(
        AgentMessage.newBuilder()
            .setHeartbeat(Heartbeat.newBuilder().addAllHeldLeases(journal.prepared())));
  }

  // --- The kubelet ---

  /** Whether the claim is prepared now. */
  boolean prepare(String claim, Known asked) {
    if (!up || !journal.mayPrepare(claim, asked, granted, inventory)) {
      return hardware.has(claim);
    }
    if (!hardware.has(claim)) {
      hardware.prepare(claim, asked, inventory);
      journal.prepare(claim, asked);
    }
    return true;
  }

  /** Whether the claim is certainly not prepared any more. */
  boolean unprepare(String claim) {
    if (up) {
      hardware.unprepare(claim);
      journal.unprepare(claim);
      sayGone();
    }
    return up;
  }

  // --- Faults ---

  /** The process dies; with {@code reboot} all that runs on the node too. */
  void crash(boolean reboot, long nanos) {
    if (!up) {
      return;
    }
    world.agenda().note(name + (reboot ? " reboots" : " crashes"));
    up = false;
    life++;
    if (connection != null) {
      connection.sever();
    }
    disconnect();
    world.agenda().after(nanos, name + " is back", () -> back(reboot));
  }

  private void back(boolean reboot) {
    up = true;
    if (reboot) {
      hardware.reboot();
    }
    journal.restarted(reboot);
    toldGone.clear();
    journal.gone().forEach(lease -> toldGone.add(lease.id()));
    start();
  }

  void health(String device, boolean healthy) {
    inventory = inventory.withHealth(device, healthy);
    if (up && connection != null) {
      send(
          AgentMessage.newBuilder()
              .setHealth(DeviceHealth.newBuilder().setDevice(device).setHealthy(healthy)));
    }
  }
}
