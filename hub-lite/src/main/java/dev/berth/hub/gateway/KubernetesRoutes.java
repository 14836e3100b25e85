package dev.berth.hub.gateway;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Feeds the routing table from the cluster: Services labelled {@code berth.dev/gateway=true} with
 * their {@code berth.dev/host} annotation, and endpoint slices. While the API server is down
 * nothing is taken away.
 */
public final class KubernetesRoutes implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KubernetesRoutes.class);
  private static final String HOST = "berth.dev/host";
  private static final String KIND = "berth.dev/kind";
  private static final String NAME = "berth.dev/name";
  private final SharedIndexInformer<Service> services;
  private final SharedIndexInformer<EndpointSlice> slices;

  public KubernetesRoutes(KubernetesClient client, RoutingTable table) {
    services =
        client
            .services()
            .inAnyNamespace()
            .withLabel("berth.dev/gateway", "true")
            .runnableInformer(0);
    slices =
        client
            .discovery()
            .v1()
            .endpointSlices()
            .inAnyNamespace()
            .withLabel(Endpoints.SERVICE)
            .runnableInformer(0);
    start(services, new ServiceHandler(table));
    start(slices, new SliceHandler(table));
  }

  private static <T> void start(SharedIndexInformer<T> informer, ResourceEventHandler<T> handler) {
    informer.addEventHandler(handler).exceptionHandler((started, problem) -> true);
    var _ = informer.start();
  }

  /** Whether everything in the cluster has been seen once. */
  public boolean loaded() {
    return services.hasSynced() && slices.hasSynced();
  }

  @Override
  public void close() {
    services.stop();
    slices.stop();
  }

  private static @Nullable String host(@Nullable Map<String, String> annotations) {
    return annotations == null ? null : annotations.get(HOST);
  }

  private static String space(Service service) {
    String name = service.getMetadata().getName();
    return service.getMetadata().getNamespace()
        + "/"
        + service.getMetadata().getLabels().getOrDefault(NAME, name);
  }

  /** Pods of a Space keep state of their visitors, those of an Endpoint do not. */
  private static boolean isSpace(Service service) {
    return "space".equals(service.getMetadata().getLabels().get(KIND));
  }

  private static ServiceKey key(Service service) {
    return new ServiceKey(service.getMetadata().getNamespace(), service.getMetadata().getName());
  }

  private record ServiceHandler(RoutingTable table) implements ResourceEventHandler<Service> {
    @Override
    public void onAdd(Service service) {
      String host = host(service.getMetadata().getAnnotations());
      if (host == null || host.isBlank()) {
        LOG.atWarn()
            .addKeyValue("service", key(service))
            .log(
                "A Service for the gateway lacks the annotation berth.dev/host and gets no route.");
        table.forget(key(service));
      } else {
        table.serve(key(service), new Served(space(service), isSpace(service), host));
      }
    }

    @Override
    public void onUpdate(Service before, Service after) {
      onAdd(after);
    }

    @Override
    public void onDelete(Service service, boolean finalStateUnknown) {
      table.forget(key(service));
    }
  }

  private record SliceHandler(RoutingTable table) implements ResourceEventHandler<EndpointSlice> {
    @Override
    public void onAdd(EndpointSlice slice) {
      table.endpoints(
          Endpoints.name(slice),
          Endpoints.service(slice),
          Endpoints.ready(slice),
          Endpoints.unready(slice));
    }

    @Override
    public void onUpdate(EndpointSlice before, EndpointSlice after) {
      onAdd(after);
    }

    @Override
    public void onDelete(EndpointSlice slice, boolean finalStateUnknown) {
      table.forgetEndpoints(Endpoints.name(slice));
    }
  }
}
