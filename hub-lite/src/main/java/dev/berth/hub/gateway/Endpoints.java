package dev.berth.hub.gateway;

import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What an EndpointSlice says. Pure. */
final class Endpoints {
  static final String SERVICE = "kubernetes.io/service-name";

  private Endpoints() {}

  static String name(EndpointSlice slice) {
    return slice.getMetadata().getNamespace() + "/" + slice.getMetadata().getName();
  }

  static ServiceKey service(EndpointSlice slice) {
    // The watch selects slices that carry the label.
    String service = slice.getMetadata().getLabels().getOrDefault(SERVICE, "");
    return new ServiceKey(slice.getMetadata().getNamespace(), service);
  }

  /** Ready pods with the port named "http", or the first if none is named so. */
  static List<Backend> ready(EndpointSlice slice) {
    return backends(slice, Endpoints::isReady);
  }

  /** Pods that are there to stay but not ready, in the same way. */
  static List<Backend> unready(EndpointSlice slice) {
    return backends(slice, endpoint -> !isReady(endpoint) && !isTerminating(endpoint));
  }

  private static List<Backend> backends(EndpointSlice slice, Predicate<Endpoint> wanted) {
    List<EndpointPort> ports =
        given(slice.getPorts()).filter(port -> port.getPort() != null).toList();
    if (ports.isEmpty()) {
      return List.of();
    }
    EndpointPort port =
        ports.stream().filter(p -> "http".equals(p.getName())).findFirst().orElse(ports.getFirst());
    return given(slice.getEndpoints())
        .filter(wanted)
        .flatMap(endpoint -> endpoint.getAddresses().stream().limit(1))
        .map(address -> new Backend(address, port.getPort()))
        .toList();
  }

  /** A Service without pods has slices whose lists are absent rather than empty. */
  private static <T> Stream<T> given(@Nullable List<T> items) {
    return items == null ? Stream.of() : items.stream();
  }

  /** An unknown condition means ready, as the Kubernetes API defines it. */
  private static boolean isReady(Endpoint endpoint) {
    return endpoint.getConditions() == null
        || !Boolean.FALSE.equals(endpoint.getConditions().getReady());
  }

  private static boolean isTerminating(Endpoint endpoint) {
    return endpoint.getConditions() != null
        && Boolean.TRUE.equals(endpoint.getConditions().getTerminating());
  }
}
