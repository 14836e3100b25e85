package dev.berth.operator.apply;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.resource.v1.ResourceClaim;
import io.fabric8.kubernetes.api.model.resource.v1.ResourceClaimBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes through the Kubernetes API with plain creates, so that a taken name is noticed. */
public final class KubernetesCluster implements Cluster {
  /** Answers that the same request will get again. */
  private static final Set<Integer> REFUSALS = Set.of(400, 403, 405, 413, 422);

  private final KubernetesClient client;
  private final RecentWrites recent;

  public KubernetesCluster(KubernetesClient client, RecentWrites recent) {
    this.client = client;
    this.recent = recent;
  }

  @Override
  public Optional<Problem> writeService(Service wanted) {
    return create(wanted, recent::wrote, present -> update(present, wanted));
  }

  private void update(Service present, Service wanted) {
    present.getSpec().setSelector(wanted.getSpec().getSelector());
    present.getSpec().setPorts(wanted.getSpec().getPorts());
    recent.wrote(client.resource(present).update());
  }

  @Override
  public Optional<Problem> ensureClaim(ResourceClaim wanted) {
    ResourceClaim bare = new ResourceClaimBuilder(wanted).withStatus(null).build();
    return create(bare, made -> allocate(made, wanted), found -> allocate(found, wanted));
  }

  private void allocate(ResourceClaim present, ResourceClaim wanted) {
    if (present.getStatus() != null && present.getStatus().getAllocation() != null) {
      recent.wrote(present);
      return;
    }
    present.setStatus(wanted.getStatus());
    recent.wrote(client.resource(present).updateStatus());
  }

  @Override
  public Optional<Problem> createPod(Pod wanted) {
    return create(wanted, recent::wrote, present -> {});
  }

  /** Creates {@code wanted}; if it exists and is ours, {@code onPresent} gets it as it is now. */
  private <T extends HasMetadata> Optional<Problem> create(
      T wanted, Consumer<T> onCreated, Consumer<T> onPresent) {
    try {
      onCreated.accept(client.resource(wanted).create());
      return Optional.empty();
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
        return present(wanted, onPresent);
      }
      if (REFUSALS.contains(e.getCode())) {
        return Optional.of(refused(wanted, e));
      }
      throw e;
    }
  }

  private <T extends HasMetadata> Optional<Problem> present(T wanted, Consumer<T> onPresent) {
    @Nullable T present = client.resource(wanted).get();
    if (present == null) {
      return Optional.empty();
    }
    if (!owner(present)
        .map(OwnerReference::getUid)
        .equals(owner(wanted).map(OwnerReference::getUid))) {
      return Optional.of(clash(present));
    }
    onPresent.accept(present);
    return Optional.empty();
  }

  private static Optional<OwnerReference> owner(HasMetadata resource) {
    return resource.getMetadata().getOwnerReferences() == null
        ? Optional.empty()
        : resource.getMetadata().getOwnerReferences().stream()
            .filter(o -> Boolean.TRUE.equals(o.getController()))
            .findFirst();
  }

  private static Problem clash(HasMetadata present) {
    String owner =
        owner(present)
            .map(o -> "belongs to " + o.getKind() + " " + o.getName())
            .orElse("is not Berth's");
    return new Problem(
        Problem.NAME_CLASH,
        "%s '%s' exists and %s; rename one of them"
            .formatted(present.getKind(), present.getMetadata().getName(), owner));
  }

  private static Problem refused(HasMetadata wanted, KubernetesClientException e) {
    return new Problem(
        Problem.REFUSED,
        "Kubernetes refuses %s '%s' (%d): %s"
            .formatted(
                wanted.getKind(), wanted.getMetadata().getName(), e.getCode(), e.getMessage()));
  }

  @Override
  public void deletePod(String namespace, String name) {
    client.pods().inNamespace(namespace).withName(name).delete();
  }

  @Override
  public void deleteClaim(String namespace, String name) {
    client.resources(ResourceClaim.class).inNamespace(namespace).withName(name).delete();
  }

  @Override
  public void deleteService(String namespace, String name) {
    client.services().inNamespace(namespace).withName(name).delete();
  }
}
