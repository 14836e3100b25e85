package dev.berth.agent.turns;

import com.nimbusds.jose.jwk.JWKSet;
import dev.berth.agent.core.Moment;
import dev.berth.agent.dra.DeviceLoans;
import dev.berth.agent.dra.SeatDesk;
import dev.berth.agent.turns.core.TurnPolicy;
import dev.berth.agent.turns.core.TurnsState;
import dev.berth.agent.turns.devices.LentCards;
import dev.berth.agent.turns.devices.SharedDevices;
import dev.berth.agent.turns.http.DeviceServer;
import dev.berth.agent.turns.journal.FileTurnJournal;
import dev.berth.agent.turns.load.LoadMessages;
import dev.berth.agent.turns.process.HostProcesses;
import dev.berth.agent.turns.quota.QuotaKeeper;
import dev.berth.agent.turns.runtime.Housekeeping;
import dev.berth.agent.turns.runtime.Loans;
import dev.berth.agent.turns.runtime.QuotaLink;
import dev.berth.agent.turns.runtime.TurnEngine;
import dev.berth.agent.turns.seats.Seats;
import dev.berth.agent.turns.visitors.Payers;
import dev.berth.api.turns.v1.NodeLoad;
import dev.berth.turns.queue.QueuePolicy;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** ZeroGPU on this node: wiring only. */
public final class ZeroGpu implements AutoCloseable {
  private static final Duration DRAW_PATIENCE = Duration.ofSeconds(5);
  private static final Duration IDLE_ALLOWANCE = Duration.ofSeconds(10);
  private static final Duration LOAD = Duration.ofSeconds(5);
  private static final int SECRET_BYTES = 24;

  private final String node;
  private final SharedDevices devices;
  private final FileTurnJournal.Opened opened;
  private final QuotaLink quota;
  private final TurnEngine engine;
  private final Seats seats;
  private final Loans loans;
  private final DeviceServer server;
  private final Housekeeping housekeeping;

  /** What the rest of the agent lends. */
  public record Surroundings(
      String node, String bootId, Path stateDir, Supplier<Moment> clock, Supplier<JWKSet> keys) {}

  /** The page for people that shows what {@link #page} says. */
  public static String html() {
    try (InputStream page = ZeroGpu.class.getResourceAsStream("/pages/zerogpu.html")) {
      return new String(Objects.requireNonNull(page).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static ZeroGpu start(
      ZeroGpuConfig config,
      Surroundings around,
      SharedDevices devices,
      LentCards lent,
      QuotaKeeper keeper) {
    return new ZeroGpu(config, around, devices, lent, keeper);
  }

  private ZeroGpu(
      ZeroGpuConfig config,
      Surroundings around,
      SharedDevices devices,
      LentCards lent,
      QuotaKeeper keeper) {
    this.node = around.node();
    this.devices = devices;
    SecureRandom random = new SecureRandom();
    HostProcesses processes =
        new HostProcesses(Path.of("/proc"), config.politeness(), HostProcesses.Scope.POD);
    opened = FileTurnJournal.open(around.stateDir());
    quota = new QuotaLink(keeper);
    devices.cut(
        opened.book().turns().values().stream()
            .flatMap(t -> t.devices().stream())
            .collect(Collectors.toSet()));
    engine =
        new TurnEngine(
            TurnsState.of(policy(config), opened.book()),
            opened.journal(),
            processes,
            devices,
            quota,
            around.clock(),
            () -> secret(random));
    engine.start(around.bootId());
    seats =
        new Seats(around.stateDir().resolve("seats"), engine, () -> secret(random), devices::nodes);
    server =
        DeviceServer.start(
            config.listen(),
            engine,
            devices,
            processes,
            seats,
            new Payers(around.keys(), InstantSource.system()),
            config.unsaid(),
            config.ping());
    seats.servedAt(config.address(server.port()));
    loans = new Loans(engine, devices, lent);
    housekeeping = Housekeeping.start(engine, quota, !lent.cards().isEmpty());
    gauges();
  }

  private static TurnPolicy policy(ZeroGpuConfig config) {
    QueuePolicy usual = QueuePolicy.DEFAULT;
    QueuePolicy queue =
        new QueuePolicy(
            usual.windowNanos(),
            usual.creditNanos(),
            usual.coldNanos(),
            usual.crowding(),
            usual.reloadFactor(),
            usual.shortnessPermille(),
            usual.quotaNanos(),
            usual.demandHalfLifeNanos(),
            config.accountLimit(),
            config.spaceLimit());
    return new TurnPolicy(
        queue,
        config.waitAtMost().toNanos(),
        config.showUpWithin().toNanos(),
        config.overrun().toNanos(),
        config.keepIdle().toNanos(),
        DRAW_PATIENCE.toNanos(),
        IDLE_ALLOWANCE.toNanos(),
        LOAD.toNanos());
  }

  private static String secret(SecureRandom random) {
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private void gauges() {
    gauge("berth_agent_seats", "ZeroGPU seats.", () -> engine.state().book().seats().size());
    gauge(
        "berth_agent_turns_running",
        "Turns that have devices.",
        () -> engine.state().book().turns().size());
    gauge("berth_agent_turns_waiting", "Calls that wait.", () -> engine.state().pending().size());
    gauge(
        "berth_agent_turn_workers",
        "Worker processes.",
        () -> engine.state().book().workers().size());
    gauge(
        "berth_agent_lent_cards",
        "Dedicated cards that turns may use now.",
        () -> engine.state().devices().keySet().stream().filter(devices::isLent).count());
    gauge(
        "berth_agent_turn_allowances",
        "Allowances of quota that this node holds.",
        () -> engine.state().book().escrow().allowances().size());
  }

  private static void gauge(String name, String help, Supplier<Number> value) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .callback(c -> c.call(value.get().doubleValue()))
        .register();
  }

  public SeatDesk seats() {
    return seats;
  }

  public DeviceLoans loans() {
    return loans;
  }

  public void devicesChanged() {
    engine.devicesChanged();
  }

  /** Whether the journal is lost: the agent must start anew. */
  public boolean failed() {
    return engine.failed();
  }

  /** What the scheduler is told. */
  public NodeLoad load() {
    return LoadMessages.of(node, engine.state(), engine.now(), devices);
  }

  public String page() {
    return TurnsPage.json(node, engine.state(), engine.now(), devices);
  }

  @Override
  public void close() {
    server.close();
    housekeeping.close();
    quota.close();
    engine.close();
    opened.journal().close();
  }
}
