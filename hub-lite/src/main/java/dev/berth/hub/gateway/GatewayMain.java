package dev.berth.hub.gateway;

import dev.berth.api.process.ConfigFile;
import dev.berth.api.process.Management;
import dev.berth.api.process.Shutdown;
import dev.berth.hub.gateway.spaces.KubernetesSpaces;
import dev.berth.hub.kubernetes.KubernetesAccess;
import dev.berth.hub.visitor.HubAccounts;
import dev.berth.hub.visitor.IssuedTokens;
import dev.berth.hub.visitor.KubernetesSigningKeys;
import dev.berth.hub.visitor.Networks;
import dev.berth.hub.visitor.SigningKeys;
import dev.berth.hub.visitor.Visitors;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The gateway process: from a host name to a ready pod. */
public final class GatewayMain {
  private static final Logger LOG = LoggerFactory.getLogger(GatewayMain.class);

  private GatewayMain() {}

  public static void main(String[] args) {
    GatewayConfig config = ConfigFile.fromArgs(args, GatewayConfig.class);
    Shutdown shutdown = Shutdown.install();
    try {
      run(config, shutdown);
    } catch (RuntimeException e) {
      LOG.atError().setCause(e).log("The gateway could not start.");
      System.exit(1);
    }
  }

  private static GatewayServer server(
      GatewayConfig config,
      RoutingTable table,
      KubernetesRoutes routes,
      KubernetesClient client,
      Shutdown shutdown,
      GatewayMetrics metrics) {
    GatewayConfig.Identity identity = config.identity();
    InstantSource clock = InstantSource.system();
    Vertx vertx = GatewayServer.vertx();
    SigningKeys keys =
        shutdown.closing(
            new KubernetesSigningKeys(client, identity.namespace(), identity.rhythm(), clock));
    HubAccounts accounts = new HubAccounts(vertx.createHttpClient(), identity.hub());
    Visitors visitors =
        new Visitors(
            accounts, keys, new Networks(identity.trustedProxiesOrNone()), table::spaceAt, clock);
    IssuedTokens tokens = new IssuedTokens(keys, identity.rhythm(), clock);
    GatewayHandler handler =
        new GatewayHandler(
            GatewayServer.pods(vertx),
            table,
            routes::loaded,
            new Arrival(vertx, config.patienceOrDefault()),
            shutdown.closing(new KubernetesSpaces(client, clock)),
            visitors,
            tokens,
            new SessionPages(accounts),
            metrics,
            new OpenVisits());
    return GatewayServer.start(vertx, config.http(), handler);
  }

  private static void run(GatewayConfig config, Shutdown shutdown) {
    LOG.atInfo().addKeyValue("config", config).log("Starting the gateway.");
    RoutingTable table = new RoutingTable(config.domain());
    GatewayMetrics metrics = new GatewayMetrics(PrometheusRegistry.defaultRegistry);
    KubernetesClient client = shutdown.closing(KubernetesAccess.open(config.kubeconfig()));
    KubernetesRoutes routes = shutdown.closing(new KubernetesRoutes(client, table));
    shutdown.closing(server(config, table, routes, client, shutdown, metrics));
    shutdown.closing(Management.start(config.management(), routes::loaded));
    LOG.atInfo()
        .addKeyValue("http", config.http())
        .addKeyValue("domain", config.domain())
        .log("The gateway listens.");
  }
}
