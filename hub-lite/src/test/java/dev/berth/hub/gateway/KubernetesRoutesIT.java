package dev.berth.hub.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.hub.support.KubernetesStub;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Routes come from list and watch calls and outlive the API server. */
class KubernetesRoutesIT {
  private static final String SERVICES = "/api/v1/services";
  private static final String SLICES = "/apis/discovery.k8s.io/v1/endpointslices";
  private final RoutingTable table = new RoutingTable("localhost");
  @TempDir private Path directory;

  @Test
  void followsTheClusterAndKeepsItsRoutesWhenTheApiServerIsGone() {
    // Given
    KubernetesStub cluster =
        new KubernetesStub()
            .list(SERVICES, "v1", "Service", service("demo"))
            .list(SLICES, "discovery.k8s.io/v1", "EndpointSlice", slice("demo", "10.0.0.1"));
    Config config = Config.fromKubeconfig(cluster.kubeconfig(directory).toFile());
    try (KubernetesClient client = new KubernetesClientBuilder().withConfig(config).build();
        KubernetesRoutes routes = new KubernetesRoutes(client, table)) {

      // Then
      awaitRoute(
          "acme-demo.localhost",
          new Route.Ready("acme/demo", false, List.of(new Backend("10.0.0.1", 7860))));
      await().atMost(Duration.ofSeconds(20)).until(routes::loaded);

      // When
      cluster.event(SLICES, "MODIFIED", slice("demo", "10.0.0.2"));
      cluster.event(SERVICES, "ADDED", service("other"));

      // Then
      awaitRoute(
          "acme-demo.localhost",
          new Route.Ready("acme/demo", false, List.of(new Backend("10.0.0.2", 7860))));
      awaitRoute("acme-other.localhost", new Route.NoneReady("acme/other"));

      // When
      cluster.close();

      // Then
      assertThat(routes.loaded()).isTrue();
      awaitRoute(
          "acme-demo.localhost",
          new Route.Ready("acme/demo", false, List.of(new Backend("10.0.0.2", 7860))));
    }
  }

  private void awaitRoute(String host, Route expected) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(table.route(host)).isEqualTo(expected));
  }

  private static String service(String name) {
    return """
        {"apiVersion":"v1","kind":"Service","metadata":{"namespace":"acme","name":"%s","uid":"%s","resourceVersion":"2",\
        "labels":{"berth.dev/gateway":"true"},"annotations":{"berth.dev/host":"acme-%s"}}}"""
        .formatted(name, name, name);
  }

  private static String slice(String service, String address) {
    return """
        {"apiVersion":"discovery.k8s.io/v1","kind":"EndpointSlice","addressType":"IPv4",\
        "metadata":{"namespace":"acme","name":"%s-1","uid":"%s","resourceVersion":"%d",\
        "labels":{"kubernetes.io/service-name":"%s"}},"ports":[{"name":"http","port":7860}],\
        "endpoints":[{"addresses":["%s"],"conditions":{"ready":true}}]}"""
        .formatted(service, service, address.hashCode() & 0xffff, service, address);
  }
}
