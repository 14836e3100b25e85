package dev.berth.operator.resolve;

import static java.util.Objects.requireNonNullElse;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.BasicItemStore;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Follows Secrets and keeps their versions and keys; values never stay in memory. */
public final class SecretInformer implements Secrets, AutoCloseable {
  private final SharedIndexInformer<Secret> informer;

  /** Returns once all Secrets are known. */
  public static SecretInformer start(KubernetesClient client) {
    SharedIndexInformer<Secret> informer =
        client.secrets().inAnyNamespace().runnableInformer(0).itemStore(new WithoutValues());
    informer.start().toCompletableFuture().join();
    return new SecretInformer(informer);
  }

  private SecretInformer(SharedIndexInformer<Secret> informer) {
    this.informer = informer;
  }

  @Override
  public Optional<Version> find(String namespace, String name) {
    return Optional.ofNullable(informer.getStore().getByKey(namespace + "/" + name))
        .map(
            s ->
                new Version(
                    s.getMetadata().getResourceVersion(),
                    requireNonNullElse(s.getData(), Map.<String, String>of()).keySet()));
  }

  /** {@code changed} hears namespace and name of each Secret that appears, changes or goes. */
  public void onChange(BiConsumer<String, String> changed) {
    informer.addEventHandler(handler(changed));
  }

  private static ResourceEventHandler<Secret> handler(BiConsumer<String, String> changed) {
    return new ResourceEventHandler<>() {
      @Override
      public void onAdd(Secret secret) {
        tell(secret);
      }

      @Override
      public void onUpdate(Secret before, Secret secret) {
        tell(secret);
      }

      @Override
      public void onDelete(Secret secret, boolean stateUnknown) {
        tell(secret);
      }

      private void tell(Secret secret) {
        changed.accept(secret.getMetadata().getNamespace(), secret.getMetadata().getName());
      }
    };
  }

  private static final class WithoutValues extends BasicItemStore<Secret> {
    WithoutValues() {
      super(Cache::metaNamespaceKeyFunc);
    }

    @Override
    public Secret put(String key, Secret secret) {
      return super.put(key, stripped(secret));
    }

    private static Secret stripped(Secret secret) {
      Map<String, String> keys = new HashMap<>();
      requireNonNullElse(secret.getData(), Map.<String, String>of())
          .keySet()
          .forEach(key -> keys.put(key, ""));
      return new SecretBuilder()
          .withMetadata(
              new ObjectMetaBuilder()
                  .withNamespace(secret.getMetadata().getNamespace())
                  .withName(secret.getMetadata().getName())
                  .withUid(secret.getMetadata().getUid())
                  .withResourceVersion(secret.getMetadata().getResourceVersion())
                  .build())
          .withData(keys)
          .build();
    }
  }

  @Override
  public void close() {
    informer.close();
  }
}
