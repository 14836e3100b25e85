package dev.berth.operator.reconcile;

import dev.berth.crds.Endpoint;
import dev.berth.crds.SecretVariable;
import dev.berth.crds.Space;
import dev.berth.crds.SpaceSpec;
import dev.berth.crds.SpaceStage;
import dev.berth.operator.apply.Applier;
import dev.berth.operator.apply.KubernetesCluster;
import dev.berth.operator.hosting.HostingRule;
import dev.berth.operator.hosting.Terms;
import dev.berth.operator.metrics.OperatorMetrics;
import dev.berth.operator.placement.PlacementBook;
import dev.berth.operator.placement.Placements;
import dev.berth.operator.placement.Seats;
import dev.berth.operator.resolve.Catalog;
import dev.berth.operator.resolve.Priorities;
import dev.berth.operator.resolve.Resolver;
import dev.berth.operator.resolve.SeatHosting;
import dev.berth.operator.resolve.Secrets;
import dev.berth.operator.workload.Identity;
import dev.berth.operator.workload.OwnerKey;
import dev.berth.operator.workload.Sleep;
import dev.berth.operator.workload.WorkloadKind;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Both controllers, and the ways to wake them. */
public final class Controllers {
  /** Gives hardware back before a resource goes. */
  public static final String FINALIZER = "berth.dev/release";

  private static final String FIELD_MANAGER = "berth-operator";

  private final Sources<Space> spaces = new Sources<>(WorkloadKind.SPACE, Space.class);
  private final Sources<Endpoint> endpoints = new Sources<>(WorkloadKind.ENDPOINT, Endpoint.class);

  /** The outside that the controllers work with. */
  public record Outside(
      KubernetesClient client,
      Catalog catalog,
      Secrets secrets,
      Placements scheduler,
      Seats seats,
      Events events,
      OperatorMetrics metrics,
      InstantSource clock,
      Supplier<String> nonces) {}

  /** What resolving a wish needs of the configuration; without terms any number may be hosted. */
  public record Resolving(
      Duration startupTimeout, Priorities priorities, Optional<Terms.Source> hosting) {}

  /** {@code url} makes the public URL of a host. */
  public void register(
      Operator operator,
      Outside outside,
      PlacementBook book,
      Resolving resolving,
      UnaryOperator<String> url) {
    operator.register(
        new SpaceReconciler(controller(spaces, outside, book, resolving, url), outside.clock()),
        Controllers::spaces);
    operator.register(
        new EndpointReconciler(controller(endpoints, outside, book, resolving, url)),
        Controllers::configured);
  }

  /** A visit changes an annotation alone. */
  private static void spaces(ControllerConfigurationOverrider<Space> controller) {
    configured(controller);
    controller
        .withGenerationAware(false)
        .withOnUpdateFilter(
            (before, after) ->
                !Objects.equals(
                        before.getMetadata().getGeneration(), after.getMetadata().getGeneration())
                    || !before.getFinalizers().equals(after.getFinalizers())
                    || after.isMarkedForDeletion()
                    || Sleep.visitChanged(before, after));
  }

  private static <P extends HasMetadata> void configured(
      ControllerConfigurationOverrider<P> controller) {
    controller
        .withFinalizer(FINALIZER)
        .withFieldManager(FIELD_MANAGER)
        // Events drive everything; this only bounds how long a lost one could matter.
        .withReconciliationMaxInterval(Duration.ofSeconds(30))
        .withRetry(
            new GenericRetry()
                .setInitialInterval(200)
                .setIntervalMultiplier(1.5)
                .setMaxInterval(5_000)
                .setMaxAttempts(-1));
  }

  private <P extends HasMetadata> Controller<P> controller(
      Sources<P> sources,
      Outside o,
      PlacementBook book,
      Resolving resolving,
      UnaryOperator<String> url) {
    Resolver resolver =
        new Resolver(
            o.catalog(),
            o.secrets(),
            this::hostTakenBy,
            resolving.startupTimeout(),
            resolving.priorities(),
            hosting(o.catalog(), book, resolving));
    Applier applier =
        new Applier(new KubernetesCluster(o.client(), sources), o.scheduler(), book, o.clock());
    return new Controller<>(
        sources,
        new Observer<>(sources, book),
        new WorkloadLoop(resolver, applier, new Seating(o.seats()), o.nonces(), o.clock()),
        new Narrator(o.events(), o.metrics()),
        o.metrics(),
        url,
        o.client(),
        FIELD_MANAGER);
  }

  /** Nothing is placed before the placements are known, so nothing has to be refused. */
  private SeatHosting hosting(Catalog catalog, PlacementBook book, Resolving resolving) {
    SeatSpaces seats = new SeatSpaces(spaces::all, catalog, book);
    return resolving
        .hosting()
        .map(terms -> new HostingRule(seats, terms))
        .<SeatHosting>map(rule -> id -> book.known() ? rule.refusal(id) : Optional.empty())
        .orElse(SeatHosting.UNLIMITED);
  }

  private Optional<String> hostTakenBy(Identity id) {
    return spaces.hostTakenBy(id).or(() -> endpoints.hostTakenBy(id));
  }

  /** The placements of an owner changed. */
  public void wake(OwnerKey owner) {
    switch (owner.kind()) {
      case SPACE -> spaces.wake(owner.namespace(), owner.name());
      case ENDPOINT -> endpoints.wake(owner.namespace(), owner.name());
    }
  }

  public void wakeAll() {
    spaces.wakeIf(space -> true);
    endpoints.wakeIf(endpoint -> true);
  }

  /** A flavor changed: those that use it and those whose configuration was wrong look again. */
  public void flavorChanged(String flavor) {
    spaces.wakeIf(
        s ->
            s.getSpec().flavor().equals(flavor)
                || fallsBackTo(flavor, s.getSpec())
                || s.getStatus() == null
                || s.getStatus().stage() == SpaceStage.CONFIG_ERROR);
    endpoints.wakeIf(e -> true);
  }

  private static boolean fallsBackTo(String flavor, SpaceSpec spec) {
    return spec.scheduling() != null && spec.scheduling().fallbacks().contains(flavor);
  }

  /** A Secret changed: those that use it look again. */
  public void secretChanged(String namespace, String name) {
    spaces.wakeIf(s -> in(namespace, s) && uses(name, s.getSpec().secrets()));
    endpoints.wakeIf(e -> in(namespace, e) && uses(name, e.getSpec().secrets()));
  }

  private static boolean in(String namespace, HasMetadata resource) {
    return resource.getMetadata().getNamespace().equals(namespace);
  }

  private static boolean uses(String name, List<SecretVariable> secrets) {
    return secrets.stream().anyMatch(s -> s.secretRef().name().equals(name));
  }
}
