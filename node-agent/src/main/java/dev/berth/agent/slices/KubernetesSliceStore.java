package dev.berth.agent.slices;

import dev.berth.agent.dra.Driver;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.resource.v1.ResourceSlice;
import io.fabric8.kubernetes.api.model.resource.v1.ResourceSliceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** ResourceSlices in the API server. */
public final class KubernetesSliceStore implements SliceStore {
  private final KubernetesClient client;
  private final String node;
  private @Nullable SharedIndexInformer<ResourceSlice> informer;

  public KubernetesSliceStore(KubernetesClient client, String node) {
    this.client = client;
    this.node = node;
  }

  private FilterWatchListDeletable<ResourceSlice, ResourceSliceList, Resource<ResourceSlice>>
      mine() {
    return client
        .resources(ResourceSlice.class, ResourceSliceList.class)
        .withField("spec.nodeName", node)
        .withField("spec.driver", Driver.NAME);
  }

  @Override
  public List<ResourceSlice> list() {
    return mine().list().getItems();
  }

  @Override
  public void create(ResourceSlice slice) {
    client.resource(slice).create();
  }

  @Override
  public void replace(ResourceSlice slice) {
    client.resource(slice).update();
  }

  @Override
  public void delete(ResourceSlice slice) {
    client.resource(slice).delete();
  }

  @Override
  public Optional<String> nodeUid() {
    Node found = client.nodes().withName(node).get();
    return Optional.ofNullable(found).map(n -> n.getMetadata().getUid());
  }

  /** The informer lists and watches again by itself, also when there is no API server at first. */
  @Override
  public void watch(Runnable changed) {
    SharedIndexInformer<ResourceSlice> started = mine().runnableInformer(0);
    started.addEventHandler(new Changes(changed));
    started.exceptionHandler((running, cause) -> true);
    started.start();
    informer = started;
  }

  private record Changes(Runnable changed) implements ResourceEventHandler<ResourceSlice> {
    @Override
    public void onAdd(ResourceSlice slice) {
      changed.run();
    }

    @Override
    public void onUpdate(ResourceSlice before, ResourceSlice now) {
      changed.run();
    }

    @Override
    public void onDelete(ResourceSlice slice, boolean finalStateUnknown) {
      changed.run();
    }
  }

  @Override
  public void close() {
    if (informer != null) {
      informer.close();
    }
  }
}
