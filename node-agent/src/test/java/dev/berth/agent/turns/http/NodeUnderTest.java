package dev.berth.agent.turns.http;

import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.berth.agent.core.Moment;
import dev.berth.agent.runtime.Moments;
import dev.berth.agent.turns.core.Seat;
import dev.berth.agent.turns.core.TurnPolicy;
import dev.berth.agent.turns.core.TurnRecord;
import dev.berth.agent.turns.core.TurnsState;
import dev.berth.agent.turns.journal.FileTurnJournal;
import dev.berth.agent.turns.process.HostProcesses;
import dev.berth.agent.turns.process.Processes;
import dev.berth.agent.turns.quota.GrpcQuotaKeeper;
import dev.berth.agent.turns.quota.QuotaRules;
import dev.berth.agent.turns.runtime.Housekeeping;
import dev.berth.agent.turns.runtime.QuotaLink;
import dev.berth.agent.turns.runtime.TurnEngine;
import dev.berth.agent.turns.visitors.Payers;
import dev.berth.api.process.HostPort;
import dev.berth.api.visitor.SigningKey;
import dev.berth.api.visitor.Tier;
import dev.berth.api.visitor.TokenSigner;
import dev.berth.api.visitor.Visitor;
import dev.berth.api.visitor.VisitorToken;
import dev.berth.turns.queue.QueuePolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The device API of a node with real processes, sockets and files, and cards that do not exist. */
final class NodeUnderTest implements AutoCloseable {
  private static final long SECOND = 1_000_000_000L;
  private final Path dir;
  private final Map<String, Seat> seats = new ConcurrentHashMap<>();
  private final SigningKey key;
  final FakeQuota quota = new FakeQuota();
  private final HostProcesses processes =
      new HostProcesses(Path.of("/proc"), Duration.ofMillis(500), HostProcesses.Scope.HOST);
  private final FixedDevices devices;
  private final Duration maxWait;
  private Agent agent;
  TurnEngine engine;
  private DeviceServer server;

  NodeUnderTest(Path dir, int devices, Duration maxWait) throws IOException, JOSEException {
    this.dir = dir;
    ECKey pair = new ECKeyGenerator(Curve.P_256).keyID("k").generate();
    this.key = new SigningKey(pair, Instant.now());
    this.devices = new FixedDevices(devices);
    this.maxWait = maxWait;
    this.agent = new Agent();
    this.engine = agent.engine;
    this.server = agent.server;
  }

  /** The process of the agent. */
  private final class Agent implements AutoCloseable {
    final FileTurnJournal.Opened opened = FileTurnJournal.open(dir.resolve("turns"));
    final QuotaLink link =
        new QuotaLink(new GrpcQuotaKeeper(quota.channel(), "n1", Duration.ofSeconds(2)));
    final TurnEngine engine =
        new TurnEngine(
            TurnsState.of(policy(), opened.book()),
            opened.journal(),
            processes,
            devices,
            link,
            NodeUnderTest::now,
            () -> UUID.randomUUID().toString());
    final DeviceServer server;
    final Housekeeping housekeeping;

    Agent() {
      engine.start("boot");
      server =
          DeviceServer.start(
              new HostPort("127.0.0.1", 0),
              engine,
              devices,
              processes,
              secret -> Optional.ofNullable(seats.get(secret)),
              new Payers(() -> new JWKSet((JWK) key.pair().toPublicJWK()), InstantSource.system()),
              Duration.ofSeconds(60),
              Duration.ofMillis(500));
      housekeeping = Housekeeping.start(engine, link, false);
      await().until(() -> !engine.state().book().rules().equals(QuotaRules.STANDARD));
    }

    @Override
    public void close() {
      server.close();
      housekeeping.close();
      link.close();
      engine.close();
      opened.journal().close();
    }
  }

  private TurnPolicy policy() {
    return new TurnPolicy(
        QueuePolicy.DEFAULT,
        maxWait.toNanos(),
        20 * SECOND,
        SECOND / 2,
        600 * SECOND,
        5 * SECOND,
        SECOND,
        SECOND);
  }

  /** The agent stops and starts; its seats must be named anew, at the new address. */
  void restart() {
    agent.close();
    agent = new Agent();
    engine = agent.engine;
    server = agent.server;
  }

  private static Moment now() {
    return Moments.system().now();
  }

  /** A seat and the address of its device API. */
  String seat(String space) throws IOException {
    String secret = space.replace('/', '-') + "-secret";
    Seat seat = new Seat("lease-" + secret, "claim-" + secret, space, "");
    seats.put(secret, seat);
    engine.seatOpened(seat);
    Files.writeString(cgroup(space), "0::" + seat.cgroup() + "\n");
    return "http://127.0.0.1:" + server.port() + "/" + secret;
  }

  Path cgroup(String space) {
    return dir.resolve(space.replace('/', '-') + ".cgroup");
  }

  SpacesApp app(String space, Path python) throws IOException {
    return new SpacesApp(python, home(space), environment(space));
  }

  GradioSpace gradio(String space, Path python) throws IOException {
    return new GradioSpace(python, home(space), environment(space));
  }

  private Path home(String space) throws IOException {
    return Files.createDirectories(dir.resolve(space.replace('/', '-')));
  }

  /** What the container of a new seat gets. */
  private Map<String, String> environment(String space) throws IOException {
    return Map.of(
        "SPACES_ZERO_GPU",
        "true",
        "SPACES_ZERO_DEVICE_API_URL",
        seat(space),
        "ZEROGPU_PROC_SELF_CGROUP_PATH",
        cgroup(space).toString(),
        "SYSTEM",
        "spaces",
        "SPACE_ID",
        space,
        "GRADIO_ANALYTICS_ENABLED",
        "False",
        "HOME",
        home(space).toString());
  }

  String token(String account, Tier tier, String space) {
    Instant now = Instant.now();
    return TokenSigner.sign(
        new VisitorToken(
            UUID.randomUUID().toString(),
            new Visitor.Account(account, tier),
            space,
            now,
            now.plusSeconds(60),
            null),
        key);
  }

  /** A zombie does not. */
  boolean lives(int pid) {
    return processes.find(new Seat("", "", "", ""), pid) instanceof Processes.Found.Known;
  }

  List<TurnRecord> done() {
    return engine.state().book().done();
  }

  @Override
  public void close() {
    agent.close();
    quota.close();
  }
}
