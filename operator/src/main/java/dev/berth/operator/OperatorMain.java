package dev.berth.operator;

import dev.berth.api.accounts.v1.AccountsGrpc;
import dev.berth.api.process.Channels;
import dev.berth.api.process.ConfigException;
import dev.berth.api.process.ConfigFile;
import dev.berth.api.process.Management;
import dev.berth.api.process.Shutdown;
import dev.berth.api.scheduler.v1.SchedulerGrpc;
import dev.berth.operator.flavors.FlavorInformer;
import dev.berth.operator.flavors.FlavorPublisher;
import dev.berth.operator.hosting.GrpcTerms;
import dev.berth.operator.hosting.Terms;
import dev.berth.operator.metrics.OperatorMetrics;
import dev.berth.operator.orphans.KubernetesOwners;
import dev.berth.operator.orphans.OrphanSweep;
import dev.berth.operator.placement.GrpcPlacements;
import dev.berth.operator.placement.GrpcSeats;
import dev.berth.operator.placement.PlacementBook;
import dev.berth.operator.placement.PlacementWatch;
import dev.berth.operator.placement.Placements;
import dev.berth.operator.placement.Seats;
import dev.berth.operator.reconcile.Controllers;
import dev.berth.operator.reconcile.KubernetesEvents;
import dev.berth.operator.resolve.Priorities;
import dev.berth.operator.resolve.SecretInformer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.grpc.ManagedChannel;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The operator process: {@code --config operator.yaml}. */
public final class OperatorMain {
  private static final Logger LOG = LoggerFactory.getLogger(OperatorMain.class);
  private static final long SWEEP_SECONDS = 30;
  private static final long SEATS_SECONDS = 2;

  private final OperatorConfig config;
  private final Shutdown shutdown;
  private final Clock clock = Clock.systemUTC();
  private final OperatorMetrics metrics = new OperatorMetrics(PrometheusRegistry.defaultRegistry);
  private final Controllers controllers = new Controllers();
  private final PlacementBook book = new PlacementBook(controllers::wake);
  private final AtomicBoolean started = new AtomicBoolean();

  private OperatorMain(OperatorConfig config, Shutdown shutdown) {
    this.config = config;
    this.shutdown = shutdown;
  }

  public static void main(String[] args) throws InterruptedException {
    Shutdown shutdown = Shutdown.install();
    OperatorConfig config;
    try {
      config = ConfigFile.fromArgs(args, OperatorConfig.class);
    } catch (ConfigException e) {
      LOG.atError().log(e.getMessage());
      System.exit(2);
      return;
    }
    LOG.atInfo().addKeyValue("config", config).log("Operator starts.");
    new OperatorMain(config, shutdown).run();
    Thread.currentThread().join();
  }

  private void run() throws InterruptedException {
    shutdown.closing(Management.start(config.management(), () -> started.get() && book.known()));
    ManagedChannel channel =
        Channels.toServing(config.schedulers(), SchedulerGrpc.SERVICE_NAME, config.tls().client());
    shutdown.closing(channel::shutdownNow);
    Placements scheduler = new GrpcPlacements(channel, clock, metrics);
    KubernetesClient client = shutdown.closing(client(config));
    KubernetesReady.await(client);

    FlavorInformer flavors = shutdown.closing(FlavorInformer.start(client));
    SecretInformer secrets = shutdown.closing(SecretInformer.start(client));
    GrpcSeats seats = new GrpcSeats(channel, controllers::wake, metrics);
    startControllers(client, flavors, secrets, scheduler, terms(channel), seats);
    secrets.onChange(controllers::secretChanged);

    ScheduledExecutorService background = background();
    FlavorPublisher publisher = new FlavorPublisher(flavors, scheduler, client, background);
    flavors.onChange(
        flavor -> {
          controllers.flavorChanged(flavor);
          publisher.soon();
        });
    follow(scheduler, publisher);
    background.scheduleWithFixedDelay(seats, 0, SEATS_SECONDS, TimeUnit.SECONDS);
    background.scheduleWithFixedDelay(
        new OrphanSweep(book, new KubernetesOwners(client), scheduler, metrics),
        SWEEP_SECONDS,
        SWEEP_SECONDS,
        TimeUnit.SECONDS);
    started.set(true);
    LOG.atInfo().log("Operator runs.");
  }

  private void startControllers(
      KubernetesClient client,
      FlavorInformer flavors,
      SecretInformer secrets,
      Placements scheduler,
      Optional<Terms.Source> terms,
      Seats seats) {
    ExecutorService eventWriters = shutdown.closing(Executors.newVirtualThreadPerTaskExecutor());
    Controllers.Outside outside =
        new Controllers.Outside(
            client,
            flavors,
            secrets,
            scheduler,
            seats,
            new KubernetesEvents(client, eventWriters, clock),
            metrics,
            clock,
            new Nonces(new SecureRandom()));
    Operator operator = new Operator(overrider -> configured(overrider, client, config));
    controllers.register(operator, outside, book, resolving(terms), config::url);
    operator.start();
    shutdown.closing(operator::stop);
  }

  private Controllers.Resolving resolving(Optional<Terms.Source> terms) {
    return new Controllers.Resolving(
        config.startupTimeout(), new Priorities(config.priorities()), terms);
  }

  private Optional<Terms.Source> terms(ManagedChannel scheduler) {
    if (config.hub().isEmpty()) {
      return Optional.empty();
    }
    ManagedChannel hub =
        Channels.toServing(config.hub(), AccountsGrpc.SERVICE_NAME, config.tls().client());
    shutdown.closing(hub::shutdownNow);
    return Optional.of(new GrpcTerms(scheduler, hub, clock));
  }

  /** Started last: until the controllers run, a change of placements would wake nobody. */
  private void follow(Placements scheduler, FlavorPublisher publisher) {
    Runnable onConnected =
        () -> {
          publisher.soon();
          controllers.wakeAll();
        };
    PlacementWatch watch = new PlacementWatch(scheduler, book, onConnected, metrics);
    watch.start();
    shutdown.closing(watch);
  }

  private ScheduledExecutorService background() {
    ScheduledExecutorService background =
        Executors.newScheduledThreadPool(1, Thread.ofVirtual().name("background").factory());
    shutdown.closing(background::shutdownNow);
    return background;
  }

  private static void configured(
      ConfigurationServiceOverrider overrider, KubernetesClient client, OperatorConfig config) {
    overrider
        .withKubernetesClient(client)
        .withCloseClientOnStop(false)
        .withStopOnInformerErrorDuringStartup(false)
        .checkingCRDAndValidateLocalModel(false);
    if (config.leaderElection()) {
      overrider.withLeaderElectionConfiguration(new LeaderElectionConfiguration("berth-operator"));
    }
  }

  private static KubernetesClient client(OperatorConfig config) {
    Config base =
        config.kubeconfig() == null
            ? Config.autoConfigure(null)
            : Config.fromKubeconfig(config.kubeconfig().toFile());
    return new KubernetesClientBuilder()
        .withConfig(new ConfigBuilder(base).withRequestRetryBackoffLimit(1).build())
        .build();
  }
}
