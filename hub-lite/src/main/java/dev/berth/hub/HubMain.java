package dev.berth.hub;

import dev.berth.api.process.Channels;
import dev.berth.api.process.ConfigFile;
import dev.berth.api.process.Management;
import dev.berth.api.process.Shutdown;
import dev.berth.api.turns.v1.LoadsGrpc;
import dev.berth.api.turns.v1.QuotaGrpc;
import dev.berth.hub.accounts.Accounts;
import dev.berth.hub.accounts.AccountsService;
import dev.berth.hub.accounts.FirstAdmin;
import dev.berth.hub.accounts.PostgresAccounts;
import dev.berth.hub.accounts.PostgresTokens;
import dev.berth.hub.accounts.Tokens;
import dev.berth.hub.credits.Credits;
import dev.berth.hub.credits.CreditsService;
import dev.berth.hub.credits.PostgresCredits;
import dev.berth.hub.database.Database;
import dev.berth.hub.database.EmbeddedPostgres;
import dev.berth.hub.database.ExternalPostgres;
import dev.berth.hub.database.Migrations;
import dev.berth.hub.kubernetes.KubernetesAccess;
import dev.berth.hub.metering.LeaseMeter;
import dev.berth.hub.metering.MeteringMetrics;
import dev.berth.hub.metering.MeteringServer;
import dev.berth.hub.metering.MeteringService;
import dev.berth.hub.metering.PostgresReportLog;
import dev.berth.hub.pricing.FlavorPrices;
import dev.berth.hub.pricing.KubernetesFlavors;
import dev.berth.hub.pricing.PostgresPriceBook;
import dev.berth.hub.usage.PostgresUsage;
import dev.berth.hub.zerogpu.Fleet;
import dev.berth.hub.zerogpu.Quotas;
import dev.berth.hub.zerogpu.SchedulerFleet;
import dev.berth.hub.zerogpu.SchedulerQuotas;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The hub process: metering, prices, usage, pages. */
public final class HubMain {
  private static final Logger LOG = LoggerFactory.getLogger(HubMain.class);

  private HubMain() {}

  public static void main(String[] args) {
    HubConfig config = ConfigFile.fromArgs(args, HubConfig.class);
    Shutdown shutdown = Shutdown.install();
    try {
      run(config, shutdown);
    } catch (RuntimeException e) {
      LOG.atError().setCause(e).log("The hub could not start.");
      System.exit(1);
    }
  }

  private static void run(HubConfig config, Shutdown shutdown) {
    LOG.atInfo().addKeyValue("config", config).log("Starting the hub.");
    AtomicBoolean started = new AtomicBoolean();
    Database database = shutdown.closing(database(config.postgres()));
    Jdbi jdbi = Migrations.migrate(database.dataSource());
    Readiness ready = new Readiness(started, database.dataSource());
    shutdown.closing(Management.start(config.management(), ready));

    Credits credits = new PostgresCredits(jdbi);
    Accounts accounts = new PostgresAccounts(jdbi);
    startMetering(config, jdbi, credits, accounts, shutdown);
    startPrices(config, jdbi, shutdown);
    Tokens tokens = new PostgresTokens(jdbi);
    FirstAdmin.admit(tokens, config.adminTokenFile());
    shutdown.closing(
        HubHttp.start(
            config.http(),
            tokens,
            accounts,
            new PostgresUsage(jdbi),
            credits,
            quotas(config, shutdown),
            fleet(config, shutdown),
            ready));
    started.set(true);
    LOG.atInfo()
        .addKeyValue("http", config.http())
        .addKeyValue("metering", config.metering())
        .log("The hub is ready.");
  }

  private static Database database(HubConfig.Postgres postgres) {
    HubConfig.Embedded embedded = postgres.embedded();
    HubConfig.External external = postgres.external();
    if (embedded != null) {
      return EmbeddedPostgres.start(embedded.dir(), embedded.port(), new SecureRandom());
    }
    if (external != null) {
      return new ExternalPostgres(external.url(), external.user(), external.passwordFile());
    }
    throw new IllegalStateException("HubConfig.Postgres admits exactly one of the two");
  }

  private static Quotas quotas(HubConfig config, Shutdown shutdown) {
    List<String> schedulers = config.schedulers();
    return schedulers == null || schedulers.isEmpty()
        ? (account, tier) -> Optional.empty()
        : shutdown.closing(
            new SchedulerQuotas(
                Channels.toServing(schedulers, QuotaGrpc.SERVICE_NAME, config.tls().client())));
  }

  private static Fleet fleet(HubConfig config, Shutdown shutdown) {
    List<String> schedulers = config.schedulers();
    return schedulers == null || schedulers.isEmpty()
        ? Fleet.UNKNOWN
        : shutdown.closing(
            new SchedulerFleet(
                Channels.toServing(schedulers, LoadsGrpc.SERVICE_NAME, config.tls().client())));
  }

  private static void startMetering(
      HubConfig config, Jdbi jdbi, Credits credits, Accounts accounts, Shutdown shutdown) {
    LeaseMeter meter = new LeaseMeter(config.clockSlackOrDefault());
    MeteringMetrics metrics = new MeteringMetrics(PrometheusRegistry.defaultRegistry);
    MeteringService service = new MeteringService(new PostgresReportLog(jdbi, meter), metrics);
    shutdown.closing(
        MeteringServer.start(
            config.metering(),
            config.tls().server(),
            service,
            new CreditsService(credits),
            new AccountsService(accounts)));
  }

  private static void startPrices(HubConfig config, Jdbi jdbi, Shutdown shutdown) {
    FlavorPrices prices =
        new FlavorPrices(new PostgresPriceBook(jdbi), PrometheusRegistry.defaultRegistry);
    KubernetesClient client = shutdown.closing(KubernetesAccess.open(config.kubeconfig()));
    shutdown.closing(new KubernetesFlavors(client, prices));
  }
}
