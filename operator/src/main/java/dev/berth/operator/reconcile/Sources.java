package dev.berth.operator.reconcile;

import dev.berth.operator.apply.RecentWrites;
import dev.berth.operator.model.Labels;
import dev.berth.operator.workload.Identity;
import dev.berth.operator.workload.WorkloadKind;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.resource.v1.ResourceClaim;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.Mappers;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What wakes one controller, and the caches that it reads. */
final class Sources<P extends HasMetadata> implements RecentWrites {
  private static final String BY_HOST = "host";

  private final WorkloadKind kind;
  private final Class<P> type;
  private final SimpleInboundEventSource<P> inbound = new SimpleInboundEventSource<>("wake");
  private @Nullable InformerEventSource<Pod, P> pods;
  private @Nullable InformerEventSource<ResourceClaim, P> claims;
  private @Nullable InformerEventSource<Service, P> services;
  private @Nullable IndexerResourceCache<P> primaries;

  Sources(WorkloadKind kind, Class<P> type) {
    this.kind = kind;
    this.type = type;
  }

  List<EventSource<?, P>> prepare(EventSourceContext<P> context) {
    primaries = context.getPrimaryCache();
    InformerEventSource<Service, P> byHost = informer(Service.class, context);
    byHost.addIndexers(java.util.Map.of(BY_HOST, Sources::host));
    pods = informer(Pod.class, context);
    claims = informer(ResourceClaim.class, context);
    services = byHost;
    return List.of(started(pods), started(claims), byHost, inbound);
  }

  private <R extends HasMetadata> InformerEventSource<R, P> informer(
      Class<R> secondary, EventSourceContext<P> context) {
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(secondary, type)
            .withName(secondary.getSimpleName())
            .withLabelSelector(
                Labels.MANAGED_BY
                    + "="
                    + Labels.MANAGED_BY_VALUE
                    + ","
                    + Labels.KIND
                    + "="
                    + kind.token())
            .withSecondaryToPrimaryMapper(Mappers.fromOwnerReferences(type))
            .build(),
        context);
  }

  private static List<String> host(Service service) {
    return List.of(service.getMetadata().getLabels().getOrDefault(Labels.HOST, ""));
  }

  /** Makes the controller look at a workload, if it still exists. */
  void wake(String namespace, String name) {
    inbound.propagateEvent(new ResourceID(name, namespace));
  }

  /** Makes the controller look at all workloads that match. */
  void wakeIf(Predicate<P> predicate) {
    if (primaries != null) {
      primaries.list(predicate).map(ResourceID::fromResource).forEach(inbound::propagateEvent);
    }
  }

  Stream<P> all(String namespace) {
    return primaries == null ? Stream.empty() : primaries.list(namespace);
  }

  Stream<Pod> pods(P primary) {
    return owned(started(pods).getSecondaryResources(primary), primary);
  }

  Stream<ResourceClaim> claims(P primary) {
    return owned(started(claims).getSecondaryResources(primary), primary);
  }

  Stream<Service> services(P primary) {
    return owned(started(services).getSecondaryResources(primary), primary);
  }

  /** Mapped by name; a deleted namesake's objects have another owner UID. */
  private static <R extends HasMetadata> Stream<R> owned(Set<R> found, HasMetadata primary) {
    String uid = primary.getMetadata().getUid();
    return found.stream()
        .filter(
            r ->
                r.getMetadata().getOwnerReferences().stream()
                    .anyMatch(o -> o.getUid().equals(uid)));
  }

  /** "namespace/name" of another workload that serves the host of {@code id}. */
  Optional<String> hostTakenBy(Identity id) {
    return services == null
        ? Optional.empty()
        : services.byIndex(BY_HOST, id.host()).stream()
            .map(
                s ->
                    s.getMetadata().getNamespace()
                        + "/"
                        + s.getMetadata().getLabels().get(Labels.NAME))
            .filter(other -> !other.equals(id.namespace() + "/" + id.name()))
            .collect(Collectors.minBy(String::compareTo));
  }

  @Override
  public void wrote(Pod pod) {
    wrote(started(pods), pod);
  }

  @Override
  public void wrote(ResourceClaim claim) {
    wrote(started(claims), claim);
  }

  @Override
  public void wrote(Service service) {
    wrote(started(services), service);
  }

  /** The watch may be ahead of the answer to our write; what it brought is never set back. */
  private static <R extends HasMetadata> void wrote(InformerEventSource<R, ?> source, R written) {
    ResourceID id = ResourceID.fromResource(written);
    source
        .get(id)
        .ifPresentOrElse(
            known -> {
              if (version(written) > version(known)) {
                source.handleRecentResourceUpdate(id, written, known);
              }
            },
            () -> source.handleRecentResourceCreate(id, written));
  }

  /** Versions of one kind of object compare as numbers (Kubernetes 1.35, KEP-5504). */
  private static long version(HasMetadata resource) {
    return Long.parseLong(resource.getMetadata().getResourceVersion());
  }

  private static <T> T started(@Nullable T source) {
    return Objects.requireNonNull(source, "the controller is not started yet");
  }
}
