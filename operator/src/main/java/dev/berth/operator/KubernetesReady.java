package dev.berth.operator;

import dev.berth.crds.Endpoint;
import dev.berth.crds.Flavor;
import dev.berth.crds.Space;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits until the Kubernetes API answers and serves our custom resources. */
final class KubernetesReady {
  private static final Logger LOG = LoggerFactory.getLogger(KubernetesReady.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final int SAY_EVERY = 10;
  private static final List<Class<? extends HasMetadata>> NEEDED =
      List.of(Space.class, Endpoint.class, Flavor.class);

  private KubernetesReady() {}

  static void await(KubernetesClient client) throws InterruptedException {
    for (int attempt = 0; ; attempt++) {
      try {
        NEEDED.forEach(type -> client.resources(type).inAnyNamespace().list());
        LOG.atInfo().addKeyValue("api", client.getMasterUrl()).log("Kubernetes API is ready.");
        return;
      } catch (KubernetesClientException e) {
        say(client, attempt, e);
        Thread.sleep(PAUSE);
      }
    }
  }

  private static void say(KubernetesClient client, int attempt, KubernetesClientException e) {
    if (attempt % SAY_EVERY == 0) {
      LOG.atWarn()
          .addKeyValue("api", client.getMasterUrl())
          .addKeyValue("resources", NEEDED.stream().map(CustomResource::getCRDName).toList())
          .addKeyValue("error", e.getCause() == null ? e.getMessage() : e.getCause())
          .log("Kubernetes API does not serve our resources yet; trying on.");
    }
  }
}
