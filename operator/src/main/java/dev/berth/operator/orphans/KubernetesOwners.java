package dev.berth.operator.orphans;

import dev.berth.crds.Endpoint;
import dev.berth.crds.Space;
import dev.berth.operator.workload.Identity;
import dev.berth.operator.workload.OwnerKey;
import dev.berth.operator.workload.WorkloadKind;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Lists Spaces and Endpoints. */
public final class KubernetesOwners implements Owners {
  private final KubernetesClient client;

  public KubernetesOwners(KubernetesClient client) {
    this.client = client;
  }

  @Override
  public Set<OwnerKey> present() {
    Set<OwnerKey> keys = new HashSet<>();
    add(keys, WorkloadKind.SPACE, client.resources(Space.class).inAnyNamespace().list().getItems());
    add(
        keys,
        WorkloadKind.ENDPOINT,
        client.resources(Endpoint.class).inAnyNamespace().list().getItems());
    return keys;
  }

  private static void add(
      Set<OwnerKey> keys, WorkloadKind kind, List<? extends HasMetadata> resources) {
    resources.forEach(
        r ->
            keys.add(
                new Identity(
                        kind,
                        r.getMetadata().getNamespace(),
                        r.getMetadata().getName(),
                        r.getMetadata().getUid())
                    .key()));
  }
}
