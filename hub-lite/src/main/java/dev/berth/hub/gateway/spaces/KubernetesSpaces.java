package dev.berth.hub.gateway.spaces;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Spaces as the cluster says; a visit is told by the annotation {@code berth.dev/visited-at}. */
public final class KubernetesSpaces implements SpaceStates, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KubernetesSpaces.class);
  private static final ResourceDefinitionContext SPACES =
      new ResourceDefinitionContext.Builder()
          .withGroup("berth.dev")
          .withVersion("v1alpha1")
          .withKind("Space")
          .withPlural("spaces")
          .withNamespaced(true)
          .build();
  private static final PatchContext MERGE =
      new PatchContext.Builder().withPatchType(PatchType.JSON_MERGE).build();

  private final KubernetesClient client;
  private final InstantSource clock;
  private final SharedIndexInformer<GenericKubernetesResource> informer;
  private final Visits visits = new Visits();
  private final ExecutorService writes = Executors.newVirtualThreadPerTaskExecutor();

  public KubernetesSpaces(KubernetesClient client, InstantSource clock) {
    this.client = client;
    this.clock = clock;
    this.informer = client.genericKubernetesResources(SPACES).inAnyNamespace().runnableInformer(0);
    informer.exceptionHandler((started, problem) -> true);
    var _ = informer.start();
  }

  @Override
  public SpaceState of(String space) {
    GenericKubernetesResource found = informer.getStore().getByKey(space);
    return found == null
        ? SpaceState.UNKNOWN
        : new SpaceState(
            !text(found.get("spec", "sleepAfter")).isEmpty(), text(found.get("status", "stage")));
  }

  @Override
  public void visited(String space) {
    if (visits.due(space, of(space), clock.instant())) {
      var _ = writes.submit(() -> tell(space));
    }
  }

  private void tell(String space) {
    int slash = space.indexOf('/');
    String patch =
        "{\"metadata\":{\"annotations\":{\"berth.dev/visited-at\":\"%s\"}}}"
            .formatted(clock.instant().truncatedTo(ChronoUnit.MILLIS));
    try {
      client
          .genericKubernetesResources(SPACES)
          .inNamespace(space.substring(0, slash))
          .withName(space.substring(slash + 1))
          .patch(MERGE, patch);
    } catch (KubernetesClientException e) {
      LOG.atWarn()
          .addKeyValue("space", space)
          .addKeyValue("error", e.getMessage())
          .log("A visit could not be told; the next one will be.");
    }
  }

  private static String text(@Nullable Object value) {
    return value == null ? "" : value.toString();
  }

  @Override
  public void close() {
    informer.stop();
    writes.close();
  }
}
