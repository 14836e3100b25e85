package dev.berth.hub.pricing;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the Flavors of the cluster. A missing API server or resource definition is waited for.
 * All Flavors are seen again every half minute, so a price that the store could not take comes
 * back.
 */
public final class KubernetesFlavors implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KubernetesFlavors.class);
  private static final Duration RESYNC = Duration.ofSeconds(30);
  private static final ResourceDefinitionContext FLAVOR =
      new ResourceDefinitionContext.Builder()
          .withGroup("berth.dev")
          .withVersion("v1alpha1")
          .withKind("Flavor")
          .withPlural("flavors")
          .withNamespaced(false)
          .build();

  private final SharedIndexInformer<GenericKubernetesResource> informer;

  public KubernetesFlavors(KubernetesClient client, FlavorPrices prices) {
    informer = client.genericKubernetesResources(FLAVOR).runnableInformer(RESYNC.toMillis());
    informer.addEventHandler(new Handler(prices)).exceptionHandler((started, problem) -> true);
    var _ = informer.start();
  }

  /** The price that a Flavor states; null if it states none that can be used. */
  static @Nullable Price priceOf(GenericKubernetesResource flavor) {
    Object perHour = flavor.get("spec", "priceMicroUsdPerHour");
    Object version = flavor.get("spec", "catalogVersion");
    return perHour instanceof Number number
            && number.longValue() >= 0
            && version instanceof String text
        ? new Price(flavor.getMetadata().getName(), text, number.longValue())
        : null;
  }

  @Override
  public void close() {
    informer.stop();
  }

  private record Handler(FlavorPrices prices)
      implements ResourceEventHandler<GenericKubernetesResource> {
    @Override
    public void onAdd(GenericKubernetesResource flavor) {
      if (!seen(flavor)) {
        LOG.atWarn()
            .addKeyValue("flavor", flavor.getMetadata().getName())
            .log(
                "A Flavor has no usable spec.priceMicroUsdPerHour (>= 0) and spec.catalogVersion; it has no price.");
      }
    }

    @Override
    public void onUpdate(GenericKubernetesResource before, GenericKubernetesResource after) {
      if (before.equals(after)) {
        seen(after);
      } else {
        onAdd(after);
      }
    }

    private boolean seen(GenericKubernetesResource flavor) {
      Price price = priceOf(flavor);
      if (price != null) {
        prices.seen(price);
      }
      return price != null;
    }

    @Override
    public void onDelete(GenericKubernetesResource flavor, boolean finalStateUnknown) {
      // Prices outlive their Flavor: leases placed with it are still to be rated.
    }
  }
}
