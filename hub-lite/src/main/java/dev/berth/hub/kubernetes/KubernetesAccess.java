package dev.berth.hub.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** How both processes of this module reach the API server. */
public final class KubernetesAccess {
  private KubernetesAccess() {}

  /** With {@code kubeconfig}, or as the pod that this process runs in. */
  public static KubernetesClient open(@Nullable Path kubeconfig) {
    Config config =
        kubeconfig == null
            ? Config.autoConfigure(null)
            : Config.fromKubeconfig(kubeconfig.toFile());
    return new KubernetesClientBuilder().withConfig(config).build();
  }
}
