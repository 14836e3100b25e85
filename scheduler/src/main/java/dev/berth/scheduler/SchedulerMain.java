package dev.berth.scheduler;

import dev.berth.api.process.Channels;
import dev.berth.api.process.ConfigFile;
import dev.berth.api.process.Management;
import dev.berth.api.process.Shutdown;
import dev.berth.api.turns.v1.CreditsGrpc;
import dev.berth.api.turns.v1.QuotaGrpc;
import dev.berth.scheduler.audit.StateAudit;
import dev.berth.scheduler.config.SchedulerConfig;
import dev.berth.scheduler.core.Scheduler;
import dev.berth.scheduler.leadership.ActiveTerm;
import dev.berth.scheduler.leadership.Candidate;
import dev.berth.scheduler.leadership.MonotonicClock;
import dev.berth.scheduler.metrics.DecisionLog;
import dev.berth.scheduler.metrics.SchedulerMetrics;
import dev.berth.scheduler.rpc.AgentSessions;
import dev.berth.scheduler.rpc.Analyses;
import dev.berth.scheduler.rpc.GrpcEndpoint;
import dev.berth.scheduler.rpc.InspectionService;
import dev.berth.scheduler.rpc.LoadsService;
import dev.berth.scheduler.rpc.NodeAgentService;
import dev.berth.scheduler.rpc.SchedulerService;
import dev.berth.scheduler.rpc.ServingHealth;
import dev.berth.scheduler.rpc.TurnQuotaService;
import dev.berth.scheduler.rpc.WatchHub;
import dev.berth.scheduler.store.ZooKeeperConnection;
import dev.berth.scheduler.store.ZooKeeperPlacementStore;
import dev.berth.scheduler.store.ZooKeeperQuotaStore;
import dev.berth.scheduler.zerogpu.CreditLedger;
import dev.berth.scheduler.zerogpu.HubCredits;
import dev.berth.scheduler.zerogpu.LoadBoard;
import dev.berth.scheduler.zerogpu.NoCredits;
import dev.berth.scheduler.zerogpu.QuotaMetrics;
import dev.berth.scheduler.zerogpu.QuotaTerms;
import dev.berth.scheduler.zerogpu.SeatMetrics;
import dev.berth.scheduler.zerogpu.SeatTerms;
import dev.berth.turns.quota.QuotaPolicy;
import dev.berth.turns.quota.Quotas;
import dev.berth.turns.seats.SeatPolicy;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;
import org.apache.curator.framework.CuratorFramework;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The scheduler process: {@code --config scheduler.yaml}. Constructors only. */
public final class SchedulerMain {
  private static final Logger LOG = LoggerFactory.getLogger(SchedulerMain.class);

  private SchedulerMain() {}

  public static void main(String[] args) {
    Shutdown shutdown = Shutdown.install();
    SchedulerConfig config = ConfigFile.fromArgs(args, SchedulerConfig.class);
    LOG.atInfo().addKeyValue("config", config).log("Starting the scheduler.");
    ActiveTerm active = new ActiveTerm();
    MonotonicClock clock = MonotonicClock.system();
    CuratorFramework zookeeper = shutdown.closing(ZooKeeperConnection.open(config.zookeeper()));

    WatchHub watches = new WatchHub(clock, config.returnAfterNanos(), config.order());
    AgentSessions agents = new AgentSessions();
    ServingHealth health = new ServingHealth();
    QuotaPolicy policy = config.zeroGpuOrStandard().policy();
    QuotaTerms quotas = quotas(config, policy, zookeeper, clock, health, shutdown);
    LoadBoard loads = new LoadBoard();
    SeatTerms seats = seats(loads, clock, shutdown);
    List.of(watches, agents, health, quotas, seats).forEach(active::addListener);

    // Each thread that decides has a scheduler of its own: it remembers what it has looked at.
    Analyses analyses = shutdown.closing(new Analyses(active, scheduler(config), clock));
    String root = config.zookeeper().root();
    Candidate candidate =
        new Candidate(
            zookeeper,
            root,
            config.candidate(),
            new ZooKeeperPlacementStore(zookeeper, root),
            () -> scheduler(config),
            clock,
            active,
            List.of(
                new SchedulerMetrics(PrometheusRegistry.defaultRegistry, active),
                new DecisionLog(),
                watches,
                agents));
    shutdown.closing(
        GrpcEndpoint.start(
            config.listen(),
            config.tls().server(),
            List.of(
                new SchedulerService(active, watches, analyses, seats::preferred),
                new InspectionService(analyses),
                new NodeAgentService(config.id(), active, agents, candidate::outrun),
                new TurnQuotaService(quotas, policy, clock),
                new LoadsService(active, loads, seats, clock),
                health.service())));
    shutdown.closing(
        Management.start(config.management(), zookeeper.getZookeeperClient()::isConnected));
    shutdown
        .closing(new StateAudit(active::state, PrometheusRegistry.defaultRegistry))
        .start(config.auditNanos());
    shutdown.closing(candidate).start();
  }

  private static QuotaTerms quotas(
      SchedulerConfig config,
      QuotaPolicy policy,
      CuratorFramework zookeeper,
      MonotonicClock clock,
      ServingHealth health,
      Shutdown shutdown) {
    QuotaMetrics metrics = new QuotaMetrics(PrometheusRegistry.defaultRegistry);
    QuotaTerms quotas =
        new QuotaTerms(
            new Quotas(policy),
            new ZooKeeperQuotaStore(zookeeper, config.zookeeper().root()),
            clock,
            credits(config, shutdown),
            metrics,
            ready -> health.serving(QuotaGrpc.SERVICE_NAME, ready));
    metrics.showing(PrometheusRegistry.defaultRegistry, quotas::stateIfLeading);
    return quotas;
  }

  private static SeatTerms seats(LoadBoard loads, MonotonicClock clock, Shutdown shutdown) {
    SeatMetrics metrics = new SeatMetrics(PrometheusRegistry.defaultRegistry);
    SeatTerms seats = new SeatTerms(SeatPolicy.LIVE, loads, clock, metrics);
    return shutdown.closing(seats.start(SeatTerms.EVERY));
  }

  private static CreditLedger credits(SchedulerConfig config, Shutdown shutdown) {
    List<String> hub = config.zeroGpuOrStandard().hubAddresses();
    return hub.isEmpty()
        ? new NoCredits()
        : shutdown.closing(
            new HubCredits(
                Channels.toServing(hub, CreditsGrpc.SERVICE_NAME, config.tls().client())));
  }

  private static Scheduler scheduler(SchedulerConfig config) {
    return new Scheduler(config.nodeTimeoutNanos(), config.reserved(), config.order());
  }
}
