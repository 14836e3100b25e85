package dev.berth.hub.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.berth.hub.support.KubernetesStub;
import dev.berth.hub.support.TestDatabase;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PricesIT {
  private static final String FLAVORS = "/apis/berth.dev/v1alpha1/flavors";
  private final Jdbi database = TestDatabase.fresh();
  private final PriceBook book = new PostgresPriceBook(database);
  @TempDir private Path directory;

  @Test
  void aPriceIsLearnedOnceAndNeverChanges() {
    assertThat(book.record(new Price("t4-small", "1", 400_000)))
        .isEqualTo(new PriceBook.Recorded.Learned());
    assertThat(book.record(new Price("t4-small", "1", 400_000)))
        .isEqualTo(new PriceBook.Recorded.Known());
    assertThat(book.record(new Price("t4-small", "1", 500_000)))
        .isEqualTo(new PriceBook.Recorded.Refused(400_000));
    assertThat(book.record(new Price("t4-small", "2", 500_000)))
        .isEqualTo(new PriceBook.Recorded.Learned());
    assertThatThrownBy(
            () -> database.useHandle(h -> h.execute("update price set micro_usd_per_hour = 0")))
        .hasMessageContaining("price is append-only");
  }

  @Test
  void followsTheFlavorsOfTheClusterAndRefusesAChangedPrice() {
    // Given
    try (KubernetesStub cluster = new KubernetesStub()) {
      cluster.list(
          FLAVORS,
          "berth.dev/v1alpha1",
          "Flavor",
          flavor("t4-small", "1", "400000") + "," + flavor("broken", "1", "null"));
      Config config = Config.fromKubeconfig(cluster.kubeconfig(directory).toFile());
      PrometheusRegistry registry = new PrometheusRegistry();

      // When
      try (KubernetesClient client = new KubernetesClientBuilder().withConfig(config).build();
          KubernetesFlavors flavors =
              new KubernetesFlavors(client, new FlavorPrices(book, registry))) {
        assertThat(flavors).isNotNull();

        // Then
        await()
            .atMost(Duration.ofSeconds(20))
            .untilAsserted(() -> assertThat(prices()).containsExactly("t4-small 1 400000"));

        // When
        cluster.event(FLAVORS, "MODIFIED", flavor("t4-small", "1", "999999"));
        cluster.event(FLAVORS, "ADDED", flavor("h200", "1", "5000000000"));

        // Then
        await()
            .atMost(Duration.ofSeconds(20))
            .untilAsserted(
                () ->
                    assertThat(prices()).containsExactly("h200 1 5000000000", "t4-small 1 400000"));
      }
    }
  }

  private List<String> prices() {
    return database.withHandle(
        h ->
            h.createQuery(
                    "select flavor || ' ' || catalog_version || ' ' || micro_usd_per_hour from price order by 1")
                .mapTo(String.class)
                .list());
  }

  private static String flavor(String name, String version, String price) {
    return """
        {"apiVersion":"berth.dev/v1alpha1","kind":"Flavor","metadata":{"name":"%s","uid":"%s","resourceVersion":"%d"},
        "spec":{"catalogVersion":"%s","priceMicroUsdPerHour":%s}}"""
        .formatted(name, name, price.hashCode() & 0xffff, version, price)
        .replace("\n", "");
  }
}
