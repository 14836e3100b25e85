package dev.berth.hub.visitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.visitor.KeyRing;
import dev.berth.hub.support.KubernetesStub;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Gateways that share keys through an API server. */
@SuppressWarnings("NullAway.Init")
class KubernetesSigningKeysIT {
  private static final String SECRET = "/api/v1/namespaces/default/secrets/berth-visitor-keys";
  private static final String PUBLISHED =
      "/api/v1/namespaces/default/configmaps/berth-visitor-keys";
  private static final KeyRing.Rhythm RHYTHM =
      new KeyRing.Rhythm(Duration.ofDays(1), Duration.ofMinutes(5), Duration.ofMinutes(30));
  private final KubernetesStub cluster =
      new KubernetesStub()
          .object(SECRET, "Secret", "berth-visitor-keys")
          .object(PUBLISHED, "ConfigMap", "berth-visitor-keys");
  private KubernetesClient client;
  private volatile Instant now = Instant.parse("2026-11-25T00:00:00Z");

  @BeforeEach
  void connect(@TempDir Path directory) {
    Config config = Config.fromKubeconfig(cluster.kubeconfig(directory).toFile());
    client = new KubernetesClientBuilder().withConfig(config).build();
  }

  @AfterEach
  void close() {
    client.close();
    cluster.close();
  }

  private KubernetesSigningKeys gateway() {
    return new KubernetesSigningKeys(client, "default", RHYTHM, () -> now);
  }

  @Test
  void gatewaysThatStartTogetherAgree() throws Exception {
    // When
    List<KeyRing> rings;
    try (var threads = Executors.newFixedThreadPool(4)) {
      Callable<KeyRing> start =
          () -> {
            try (var keys = gateway()) {
              return keys.ring();
            }
          };
      rings =
          threads.invokeAll(List.of(start, start, start, start)).stream()
              .map(Future::resultNow)
              .toList();
    }

    // Then
    assertThat(rings).allMatch(ring -> ring.keys().size() == 1);
    assertThat(rings.stream().map(KeyRing::published).map(Object::toString))
        .containsOnly(published());
  }

  @Test
  void whatOneRotatesTheOtherLearns() {
    try (var one = gateway();
        var other = gateway()) {
      // When
      now = now.plus(RHYTHM.period());
      one.refresh();
      other.refresh();

      // Then
      assertThat(one.ring().keys()).hasSize(2);
      assertThat(other.ring()).isEqualTo(one.ring());
      assertThat(published()).isEqualTo(one.ring().published().toString());
      assertThat(cluster.stored(PUBLISHED).encode()).doesNotContain("\\\"d\\\"");
    }
  }

  private String published() {
    return cluster.stored(PUBLISHED).getJsonObject("data").getString("jwks.json");
  }
}
