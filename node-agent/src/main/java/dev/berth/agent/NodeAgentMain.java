package dev.berth.agent;

import dev.berth.agent.core.AgentState;
import dev.berth.agent.core.Event;
import dev.berth.agent.core.LeaseDevice;
import dev.berth.agent.core.Moment;
import dev.berth.agent.devices.DeviceBackend;
import dev.berth.agent.devices.Health;
import dev.berth.agent.devices.nvidia.ExporterReload;
import dev.berth.agent.devices.nvidia.NvidiaBackend;
import dev.berth.agent.devices.nvidia.ProcessRunner;
import dev.berth.agent.devices.simulated.SimulatedBackend;
import dev.berth.agent.dra.DeviceLoans;
import dev.berth.agent.dra.KubeletPlugin;
import dev.berth.agent.dra.KubernetesClaimReader;
import dev.berth.agent.dra.Preparer;
import dev.berth.agent.dra.SeatDesk;
import dev.berth.agent.journal.DirectoryLock;
import dev.berth.agent.journal.JournalException;
import dev.berth.agent.journal.Recovery;
import dev.berth.agent.location.KubernetesLocation;
import dev.berth.agent.location.LocationSource;
import dev.berth.agent.metering.MeteringClient;
import dev.berth.agent.runtime.AgentLedger;
import dev.berth.agent.runtime.GrantBoard;
import dev.berth.agent.runtime.Moments;
import dev.berth.agent.runtime.Reporter;
import dev.berth.agent.scheduler.NodeCapacity;
import dev.berth.agent.scheduler.SchedulerLink;
import dev.berth.agent.slices.KubernetesSliceStore;
import dev.berth.agent.slices.SlicePlan;
import dev.berth.agent.slices.SlicePublisher;
import dev.berth.agent.telemetry.ExporterClient;
import dev.berth.agent.telemetry.Telemetry;
import dev.berth.agent.turns.ZeroGpu;
import dev.berth.agent.turns.ZeroGpuConfig;
import dev.berth.agent.turns.devices.DedicatedDevices;
import dev.berth.agent.turns.devices.LentCards;
import dev.berth.agent.turns.devices.SharedDevices;
import dev.berth.agent.turns.load.LoadReporter;
import dev.berth.agent.turns.quota.GrpcQuotaKeeper;
import dev.berth.agent.turns.visitors.PublishedKeys;
import dev.berth.api.process.Channels;
import dev.berth.api.process.ConfigException;
import dev.berth.api.process.ConfigFile;
import dev.berth.api.process.Management;
import dev.berth.api.process.Shutdown;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.grpc.ChannelCredentials;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The node agent: wiring only. */
public final class NodeAgentMain {
  private static final Logger LOG = LoggerFactory.getLogger(NodeAgentMain.class);
  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
  private static final Duration PREPARE_PATIENCE = Duration.ofSeconds(25);
  private static final Duration LABEL_PATIENCE = Duration.ofSeconds(10);
  private static final Duration QUOTA_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration ACK_TIMEOUT = Duration.ofSeconds(10);
  private static final String VERSION = "0.1.0";

  private final AgentConfig config;
  private final Shutdown shutdown;

  private NodeAgentMain(AgentConfig config, Shutdown shutdown) {
    this.config = config;
    this.shutdown = shutdown;
  }

  public static void main(String[] args) {
    try {
      AgentConfig config = ConfigFile.fromArgs(args, AgentConfig.class);
      LOG.atInfo().addKeyValue("config", config).log("The node agent is starting.");
      new NodeAgentMain(config, Shutdown.install()).run();
    } catch (ConfigException | JournalException e) {
      LOG.atError().setCause(e).log("The node agent cannot start.");
      System.exit(2);
    }
  }

  private void run() {
    String bootId = bootId();
    AgentLedger ledger = ledger(bootId);
    DeviceBackend hardware = shutdown.closing(backend(bootId, ledger::now));
    Telemetry telemetry =
        new Telemetry(
            shutdown.closing(new ExporterClient(hardware.exporterUrl())),
            hardware,
            ledger::now,
            config.reportInterval());
    Health health = new Health(List.of(hardware::unhealthy, telemetry::unhealthy));
    LentCards lent = lent(ledger);
    Optional<SharedDevices> shared = shared(hardware, lent, health, ledger);
    DeviceBackend backend =
        shared.<DeviceBackend>map(s -> new DedicatedDevices(hardware, s)).orElse(hardware);
    backend.onChange(() -> seen(ledger, backend));
    seen(ledger, backend);
    backend.onChange(health::refresh);

    GrantBoard board = new GrantBoard();
    NodeCapacity capacity =
        NodeCapacity.read(
            Path.of("/proc"), config.overcommit().cpu(), config.overcommit().memory());
    KubernetesClient kubernetes = shutdown.closing(kubernetes());
    SlicePublisher slices = slices(kubernetes, backend, health, capacity);
    Optional<ZeroGpu> zeroGpu =
        shared.map(s -> zeroGpu(s, lent, bootId, ledger, health, hardware, kubernetes));
    zeroGpu.ifPresent(this::reportLoad);
    SeatDesk seats = zeroGpu.map(ZeroGpu::seats).orElse(SeatDesk.NONE);
    DeviceLoans loans = zeroGpu.map(ZeroGpu::loans).orElse(DeviceLoans.NONE);
    KubeletPlugin plugin = plugin(kubernetes, ledger, board, backend, health, slices, seats, loans);
    LocationSource location =
        shutdown
            .closing(new KubernetesLocation(kubernetes, config.node(), config.configuredLocation()))
            .start(LABEL_PATIENCE);
    SchedulerLink link = link(capacity, ledger, board, backend, health, location);

    startReports(ledger, telemetry);
    BooleanSupplier failed = () -> ledger.failed() || zeroGpu.map(ZeroGpu::failed).orElse(false);
    periodically(telemetry, health, failed);
    slices.start();
    plugin.start();
    link.start();
    management(
        ledger, link, zeroGpu, () -> plugin.up() && slices.published() && !failed.getAsBoolean());
    LOG.atInfo().addKeyValue("node", config.node()).log("The node agent is up.");
  }

  private AgentLedger ledger(String bootId) {
    Moments clock = Moments.system();
    shutdown.closing(DirectoryLock.acquire(config.journalDir()));
    Recovery.Opened opened =
        new Recovery(config.journalDir(), () -> UUID.randomUUID().toString()).open(clock.now());
    shutdown.closing(opened.journal());
    AgentLedger ledger = new AgentLedger(opened.state(), opened.journal(), clock);
    ledger.record(new Event.Booted(bootId));
    LOG.atInfo()
        .addKeyValue("journal", ledger.now().journalId())
        .addKeyValue("prepared", ledger.now().prepared().size())
        .addKeyValue("pendingReports", ledger.now().pending().size())
        .log("The usage journal is open.");
    return ledger;
  }

  private LentCards lent(AgentLedger ledger) {
    ZeroGpuConfig z = config.zeroGpu();
    return new LentCards(z == null ? List.of() : z.lent(), ledger::now, System::nanoTime);
  }

  /** The cards that turns share, unless a lease of former days still holds them. */
  private Optional<SharedDevices> shared(
      DeviceBackend hardware, LentCards lent, Health health, AgentLedger ledger) {
    return Optional.ofNullable(config.zeroGpu())
        .map(
            z ->
                new SharedDevices(
                    hardware,
                    z.devices(),
                    lent,
                    card ->
                        health.unhealthy().containsKey(card)
                            || heldCards(ledger.now()).contains(card)));
  }

  private ZeroGpu zeroGpu(
      SharedDevices shared,
      LentCards lent,
      String bootId,
      AgentLedger ledger,
      Health health,
      DeviceBackend hardware,
      KubernetesClient kubernetes) {
    ZeroGpuConfig z = Objects.requireNonNull(config.zeroGpu());
    PublishedKeys keys = new PublishedKeys(kubernetes, z.keysNamespace());
    ZeroGpu zeroGpu =
        shutdown.closing(
            ZeroGpu.start(
                z,
                new ZeroGpu.Surroundings(
                    config.node(),
                    bootId,
                    config.journalDir().resolve("turns"),
                    () -> journalTime(ledger),
                    shutdown.closing(keys.start())),
                shared,
                lent,
                new GrpcQuotaKeeper(
                    channel(config.schedulers(), "berth.agent.v1.NodeAgent"),
                    config.node(),
                    QUOTA_TIMEOUT)));
    health.onChange(zeroGpu::devicesChanged);
    hardware.onChange(zeroGpu::devicesChanged);
    Set<String> held = ConcurrentHashMap.newKeySet();
    held.addAll(heldCards(ledger.now()));
    AtomicReference<Set<String>> leased = new AtomicReference<>(lent.leased(ledger.now()));
    ledger.onChange(
        s -> {
          boolean freed = held.removeIf(card -> !heldCards(s).contains(card));
          Set<String> wanted = lent.leased(s);
          if (freed || !wanted.equals(leased.getAndSet(wanted))) {
            zeroGpu.devicesChanged();
          }
        });
    return zeroGpu;
  }

  private void reportLoad(ZeroGpu zeroGpu) {
    ManagedChannel leader = channel(config.schedulers(), "berth.turns.v1.Loads");
    shutdown.closing(LoadReporter.start(leader, zeroGpu::load));
  }

  /** Turns are timed by the usage journal's clock, which runs on through restarts and reboots. */
  private static Moment journalTime(AgentLedger ledger) {
    Moment now = Moments.system().now();
    return new Moment(now.monoNanos() + ledger.offset(), now.unixNanos());
  }

  private static Set<String> heldCards(AgentState state) {
    return state.prepared().stream()
        .flatMap(l -> l.grant().devices().stream())
        .map(d -> d.footprint().card())
        .collect(Collectors.toSet());
  }

  private static void seen(AgentLedger ledger, DeviceBackend backend) {
    ledger.record(new Event.DevicesSeen(backend.inventory().timelines()));
  }

  private DeviceBackend backend(String bootId, Supplier<AgentState> state) {
    AgentConfig.Simulated simulated = config.devices().simulated();
    if (simulated != null) {
      return new SimulatedBackend(
          config.node(),
          simulated.file(),
          simulated.exporterPort(),
          config.journalDir().resolve("simulated-mig.json"),
          bootId,
          () -> heldDevices(state.get()));
    }
    AgentConfig.Nvidia nvidia = Objects.requireNonNull(config.devices().nvidia());
    return new NvidiaBackend(
        new ProcessRunner(),
        nvidia.exporterUrl(),
        new ExporterReload(nvidia.exporterPidFile(), new ProcessRunner()));
  }

  private static Set<String> heldDevices(AgentState state) {
    return state.prepared().stream()
        .flatMap(l -> l.grant().devices().stream())
        .map(LeaseDevice::name)
        .collect(Collectors.toSet());
  }

  private KubernetesClient kubernetes() {
    Path file = config.kubeconfig();
    Config kube = file == null ? Config.autoConfigure(null) : Config.fromKubeconfig(file.toFile());
    kube.setRequestRetryBackoffLimit(2);
    return new KubernetesClientBuilder().withConfig(kube).build();
  }

  private SlicePublisher slices(
      KubernetesClient kubernetes, DeviceBackend backend, Health health, NodeCapacity capacity) {
    SlicePublisher slices =
        shutdown.closing(
            new SlicePublisher(
                new KubernetesSliceStore(kubernetes, config.node()),
                config.node(),
                () ->
                    SlicePlan.of(
                        config.node(), backend.inventory(), health.unhealthy(), capacity)));
    backend.onChange(slices::trigger);
    health.onChange(slices::trigger);
    return slices;
  }

  private KubeletPlugin plugin(
      KubernetesClient kubernetes,
      AgentLedger ledger,
      GrantBoard board,
      DeviceBackend backend,
      Health health,
      SlicePublisher slices,
      SeatDesk seats,
      DeviceLoans loans) {
    Preparer preparer =
        new Preparer(
            config.node(),
            new KubernetesClaimReader(kubernetes),
            ledger,
            board,
            backend,
            health,
            config.cdiDir(),
            seats,
            loans);
    preparer.tidy();
    return shutdown.closing(
        new KubeletPlugin(
            config.kubeletRoot(),
            config.node(),
            preparer,
            PREPARE_PATIENCE,
            backend,
            health,
            slices::trigger));
  }

  private SchedulerLink link(
      NodeCapacity capacity,
      AgentLedger ledger,
      GrantBoard board,
      DeviceBackend backend,
      Health health,
      LocationSource location) {
    return shutdown.closing(
        new SchedulerLink(
            channel(config.schedulers(), "berth.agent.v1.NodeAgent"),
            new SchedulerLink.Identity(config.node(), VERSION, capacity),
            ledger,
            board,
            backend,
            health,
            location));
  }

  private void startReports(AgentLedger ledger, Telemetry telemetry) {
    Reporter reporter =
        shutdown.closing(new Reporter(ledger, telemetry::metered, config.reportInterval()));
    MeteringClient metering =
        shutdown.closing(
            new MeteringClient(
                channel(List.of(config.metering()), "berth.metering.v1.Metering"),
                config.node(),
                ledger,
                ACK_TIMEOUT,
                () -> UUID.randomUUID().toString()));
    metering.start();
    reporter.start();
  }

  private ManagedChannel channel(List<String> addresses, String service) {
    ChannelCredentials credentials = config.tls().client();
    ManagedChannel channel = Channels.toServing(addresses, service, credentials);
    shutdown.closing(channel::shutdownNow);
    return channel;
  }

  /** Scrapes, and ends the process when the journal is lost, so that its supervisor restarts it. */
  private void periodically(Telemetry telemetry, Health health, BooleanSupplier failed) {
    ScheduledExecutorService timer =
        shutdown.closing(
            Executors.newSingleThreadScheduledExecutor(
                Thread.ofVirtual().name("telemetry").factory()));
    var _ =
        timer.scheduleWithFixedDelay(
            () -> {
              telemetry.run();
              health.refresh();
              if (failed.getAsBoolean()) {
                LOG.atError().log("A journal failed; the node agent ends to be restarted.");
                Runtime.getRuntime().halt(3);
              }
            },
            0,
            config.reportInterval().toMillis(),
            TimeUnit.MILLISECONDS);
  }

  private void management(
      AgentLedger ledger, SchedulerLink link, Optional<ZeroGpu> zeroGpu, BooleanSupplier ready) {
    AgentMetrics.register(ledger::now, link::connected);
    Management pages =
        shutdown.closing(
            Management.start(config.management(), ready)
                .json("/timeline", () -> TimelinePage.json(config.node(), ledger.now())));
    zeroGpu.ifPresent(z -> pages.json("/turns", z::page).page("/zerogpu", ZeroGpu.html()));
  }

  private static String bootId() {
    try {
      return Files.readString(BOOT_ID).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
