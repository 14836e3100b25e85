package dev.berth.operator.flavors;

import dev.berth.crds.Flavor;
import dev.berth.operator.resolve.Catalog;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/** The catalog as the Flavor resources say it now. */
public final class FlavorInformer implements Catalog, AutoCloseable {
  private final SharedIndexInformer<Flavor> informer;

  /** Returns once all flavors are known. */
  public static FlavorInformer start(KubernetesClient client) {
    return new FlavorInformer(client.resources(Flavor.class).inform());
  }

  private FlavorInformer(SharedIndexInformer<Flavor> informer) {
    this.informer = informer;
  }

  /** {@code changed} hears the name of each flavor that appears, changes its spec or goes. */
  public void onChange(Consumer<String> changed) {
    informer.addEventHandler(handler(changed));
  }

  private static ResourceEventHandler<Flavor> handler(Consumer<String> changed) {
    return new ResourceEventHandler<>() {
      @Override
      public void onAdd(Flavor flavor) {
        changed.accept(flavor.getMetadata().getName());
      }

      @Override
      public void onUpdate(Flavor before, Flavor flavor) {
        if (!Objects.equals(before.getSpec(), flavor.getSpec())) {
          changed.accept(flavor.getMetadata().getName());
        }
      }

      @Override
      public void onDelete(Flavor flavor, boolean stateUnknown) {
        changed.accept(flavor.getMetadata().getName());
      }
    };
  }

  @Override
  public List<Entry> all() {
    return resources().stream()
        .map(flavor -> new Entry(flavor.getMetadata().getName(), flavor.getSpec()))
        .toList();
  }

  List<Flavor> resources() {
    return informer.getStore().list();
  }

  @Override
  public void close() {
    informer.close();
  }
}
