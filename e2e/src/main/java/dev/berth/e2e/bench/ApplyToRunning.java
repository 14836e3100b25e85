package dev.berth.e2e.bench;

import dev.berth.e2e.FleetException;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** From the API server's yes to a new Space until its stage is RUNNING, the image being present. */
final class ApplyToRunning {
  private static final String NAMESPACE = "bench";
  private static final ResourceDefinitionContext SPACES =
      new ResourceDefinitionContext.Builder()
          .withGroup("berth.dev")
          .withVersion("v1alpha1")
          .withKind("Space")
          .withPlural("spaces")
          .withNamespaced(true)
          .build();

  private final KubernetesClient client;

  ApplyToRunning(KubernetesClient client) {
    this.client = client;
  }

  Figures measure(int rounds) {
    client
        .namespaces()
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(NAMESPACE).endMetadata().build())
        .serverSideApply();
    var samples = IntStream.range(0, rounds).mapToObj(this::once).toList();
    return new Figures("Space applied to RUNNING (t4-small)", "p50 <= 3 s", samples);
  }

  private Duration once(int round) {
    var space = client.genericKubernetesResources(SPACES).inNamespace(NAMESPACE);
    var name = "bench-" + round;
    long started = System.nanoTime();
    space.resource(manifest(name)).create();
    var ended =
        space.withName(name).waitUntilCondition(ApplyToRunning::isRunning, 60, TimeUnit.SECONDS);
    long elapsed = System.nanoTime() - started;
    if (!isRunning(ended)) {
      throw new FleetException("Space bench/" + name + " is not RUNNING: " + ended);
    }
    space.withName(name).withTimeout(60, TimeUnit.SECONDS).delete();
    return Duration.ofNanos(elapsed);
  }

  private static boolean isRunning(GenericKubernetesResource space) {
    return space != null && "RUNNING".equals(space.get("status", "stage"));
  }

  private static GenericKubernetesResource manifest(String name) {
    var space = new GenericKubernetesResource();
    space.setApiVersion("berth.dev/v1alpha1");
    space.setKind("Space");
    space.setMetadata(new ObjectMetaBuilder().withName(name).withNamespace(NAMESPACE).build());
    space.setAdditionalProperty(
        "spec",
        Map.of(
            "image", "berth.dev/demo-app:1",
            "flavor", "t4-small",
            "healthPath", "/healthz"));
    return space;
  }
}
