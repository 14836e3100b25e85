package dev.berth.agent.scheduler;

import dev.berth.agent.core.AgentState;
import dev.berth.agent.core.Decision;
import dev.berth.agent.core.Grant;
import dev.berth.agent.core.GrantRules;
import dev.berth.agent.core.GrantView;
import dev.berth.agent.core.Lease;
import dev.berth.agent.core.LeaseState;
import dev.berth.agent.devices.DeviceBackend;
import dev.berth.agent.devices.Health;
import dev.berth.agent.location.LocationSource;
import dev.berth.agent.runtime.AgentLedger;
import dev.berth.agent.runtime.GrantBoard;
import dev.berth.agent.stream.ReconnectingStream;
import dev.berth.agent.stream.StreamProtocol;
import dev.berth.api.agent.v1.AgentMessage;
import dev.berth.api.agent.v1.DeviceHealth;
import dev.berth.api.agent.v1.Heartbeat;
import dev.berth.api.agent.v1.LeaseGone;
import dev.berth.api.agent.v1.NodeAgentGrpc;
import dev.berth.api.agent.v1.Register;
import dev.berth.api.agent.v1.SchedulerMessage;
import io.grpc.Channel;
import io.grpc.stub.StreamObserver;
import io.prometheus.metrics.core.metrics.Counter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stream to the leading scheduler: says what is here and held, hears what is placed and given
 * back. Anything from an epoch below the highest seen is refused.
 */
public final class SchedulerLink
    implements StreamProtocol<AgentMessage, SchedulerMessage>, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SchedulerLink.class);
  private static final Counter STALE =
      Counter.builder()
          .name("berth_agent_stale_epoch_messages_total")
          .help("Messages of deposed leaders that were refused.")
          .register();
  private static final long TICK_NANOS = 50_000_000L;

  private final Channel channel;
  private final Identity identity;
  private final AgentLedger ledger;
  private final GrantBoard board;
  private final DeviceBackend backend;
  private final Health health;
  private final LocationSource location;
  private final ReconnectingStream<AgentMessage, SchedulerMessage> stream;
  private final Set<String> toldGone = new HashSet<>();
  private final Map<String, String> toldUnhealthy = new HashMap<>();
  private final Set<String> listed = new HashSet<>();
  private boolean registered;
  private boolean welcomed;
  private long heartbeatNanos = 1_000_000_000L;
  private long lastHeartbeat;
  private long sequence;

  /** Who is speaking. */
  public record Identity(String node, String version, NodeCapacity capacity) {}

  public SchedulerLink(
      Channel channel,
      Identity identity,
      AgentLedger ledger,
      GrantBoard board,
      DeviceBackend backend,
      Health health,
      LocationSource location) {
    this.channel = channel;
    this.identity = identity;
    this.ledger = ledger;
    this.board = board;
    this.backend = backend;
    this.health = health;
    this.location = location;
    this.stream = new ReconnectingStream<>("scheduler", this);
  }

  public void start() {
    gone(ledger.now()).forEach(l -> toldGone.add(l.id()));
    ledger.onChange(s -> stream.run(this::leasesChanged));
    backend.onChange(() -> stream.run(this::sendInventory));
    location.onChange(() -> stream.run(this::sendInventory));
    health.onChange(() -> stream.run(this::sendHealth));
    stream.every(TICK_NANOS, this::heartbeatIfDue);
    stream.start();
  }

  /** Whether a leader has welcomed us on the present stream. */
  public boolean connected() {
    return welcomed;
  }

  @Override
  public StreamObserver<AgentMessage> open(StreamObserver<SchedulerMessage> answers) {
    return NodeAgentGrpc.newStub(channel).withWaitForReady().connect(answers);
  }

  @Override
  public void ready() {
    if (registered) {
      return;
    }
    registered = true;
    AgentState s = ledger.now();
    listed.clear();
    listed.addAll(s.leases().keySet());
    stream.send(
        AgentMessage.newBuilder()
            .setRegister(
                Register.newBuilder()
                    .setNode(identity.node())
                    .setAgentVersion(identity.version())
                    .setBootId(s.time().bootId())
                    .setJournalId(s.journalId())
                    .setHighestEpoch(s.highestEpoch()))
            .build());
    sendInventory();
  }

  private void sendInventory() {
    if (registered) {
      Map<String, String> unhealthy = health.unhealthy();
      toldUnhealthy.clear();
      toldUnhealthy.putAll(unhealthy);
      stream.send(
          AgentMessage.newBuilder()
              .setInventory(
                  InventoryMessages.inventory(
                      backend.inventory(),
                      backend.shared(),
                      unhealthy,
                      identity.capacity(),
                      location.now()))
              .build());
    }
  }

  private void sendHealth() {
    if (!registered) {
      return;
    }
    Map<String, String> now = health.unhealthy();
    now.forEach((d, why) -> tell(d, false, why, !why.equals(toldUnhealthy.get(d))));
    toldUnhealthy.keySet().forEach(d -> tell(d, true, "", !now.containsKey(d)));
    toldUnhealthy.clear();
    toldUnhealthy.putAll(now);
  }

  private void tell(String device, boolean healthy, String why, boolean news) {
    if (news) {
      DeviceHealth h =
          DeviceHealth.newBuilder().setDevice(device).setHealthy(healthy).setReason(why).build();
      stream.send(AgentMessage.newBuilder().setHealth(h).build());
    }
  }

  @Override
  public void received(SchedulerMessage message) {
    long epoch = message.getEpoch();
    if (ledger.decide(s -> heard(s, epoch))) {
      STALE.inc();
      LOG.atWarn()
          .addKeyValue("epoch", epoch)
          .addKeyValue("highest", ledger.now().highestEpoch())
          .log("A message of a deposed leader was refused.");
      stream.restart("stale epoch");
      return;
    }
    switch (message.getMessageCase()) {
      case WELCOME ->
          welcomed(message.getWelcome().getSchedulerId(), message.getWelcome().getHeartbeatNanos());
      case GRANTS -> granted(epoch, read(message.getGrants().getGrantsList()));
      case GRANTED -> more(epoch, read(message.getGranted().getGrantsList()));
      case REVOKE -> revoked(epoch, message.getRevoke().getLeaseId());
      case MESSAGE_NOT_SET ->
          LOG.atWarn().log("A message of a kind unknown to this agent was ignored.");
    }
  }

  /** Answers whether the epoch is stale; a new one is remembered for ever. */
  private static Decision<Boolean> heard(AgentState s, long epoch) {
    return GrantRules.stale(s, epoch)
        ? new Decision<>(List.of(), true)
        : new Decision<>(GrantRules.onEpoch(s, epoch), false);
  }

  private void welcomed(String scheduler, long nanos) {
    LOG.atInfo()
        .addKeyValue("scheduler", scheduler)
        .addKeyValue("epoch", ledger.now().highestEpoch())
        .log("Connected to the leading scheduler.");
    welcomed = true;
    heartbeatNanos = nanos > 0 ? nanos : heartbeatNanos;
    heartbeat();
    leasesChanged();
  }

  private Map<String, Grant> read(List<dev.berth.api.agent.v1.Grant> list) {
    Map<String, Grant> grants = new HashMap<>();
    list.forEach(g -> grants.put(g.getLeaseId(), InventoryMessages.grant(g, backend.inventory())));
    return grants;
  }

  /** Since the full list, which comes first. */
  private void more(long epoch, Map<String, Grant> news) {
    Map<String, Grant> grants = new HashMap<>(board.known());
    grants.putAll(news);
    granted(epoch, grants);
  }

  private void granted(long epoch, Map<String, Grant> grants) {
    ledger.decide(s -> new Decision<>(GrantRules.onGrants(s, epoch, grants, listed), true));
    listed.addAll(grants.keySet());
    board.set(new GrantView.Known(grants));
    leasesChanged();
  }

  private void revoked(long epoch, String leaseId) {
    ledger.decide(s -> new Decision<>(GrantRules.onRevoke(s, leaseId, epoch), true));
    Map<String, Grant> rest = new HashMap<>(board.known());
    if (rest.remove(leaseId) != null) {
      board.set(new GrantView.Known(rest));
    }
    if (ledger.now().lease(leaseId).map(Lease::gone).orElse(false)) {
      sendGone(leaseId, epoch);
    }
  }

  /** Says at once what is held now and what is gone since. */
  private void leasesChanged() {
    if (!welcomed) {
      return;
    }
    AgentState s = ledger.now();
    for (Lease lease : gone(s)) {
      if (!toldGone.contains(lease.id()) && lease.state() instanceof LeaseState.Gone g) {
        sendGone(lease.id(), g.revokeEpoch());
      }
    }
    toldGone.retainAll(s.leases().keySet());
  }

  private static List<Lease> gone(AgentState s) {
    return s.leases().values().stream().filter(Lease::gone).toList();
  }

  private void sendGone(String leaseId, long epoch) {
    heartbeat();
    toldGone.add(leaseId);
    stream.send(
        AgentMessage.newBuilder()
            .setGone(LeaseGone.newBuilder().setLeaseId(leaseId).setEpoch(epoch))
            .build());
  }

  private void heartbeatIfDue() {
    if (welcomed && System.nanoTime() - lastHeartbeat >= heartbeatNanos) {
      heartbeat();
    }
  }

  private void heartbeat() {
    lastHeartbeat = System.nanoTime();
    Heartbeat beat =
        Heartbeat.newBuilder()
            .setSequence(++sequence)
            .addAllHeldLeases(ledger.now().prepared().stream().map(Lease::id).toList())
            .build();
    stream.send(AgentMessage.newBuilder().setHeartbeat(beat).build());
  }

  @Override
  public void lost() {
    registered = false;
    welcomed = false;
    board.set(new GrantView.Unknown());
  }

  @Override
  public void close() {
    stream.close();
  }
}
