package dev.berth.agent.slices;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.resource.v1.ResourceSlice;
import io.fabric8.kubernetes.api.model.resource.v1.ResourceSliceBuilder;
import io.fabric8.kubernetes.api.model.resource.v1.ResourceSliceSpec;
import io.fabric8.kubernetes.api.model.resource.v1.ResourceSliceSpecBuilder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the stored slices equal to the plan; writes nothing if they are. */
final class SliceSync {
  private static final Logger LOG = LoggerFactory.getLogger(SliceSync.class);
  private final SliceStore store;
  private final String node;

  SliceSync(SliceStore store, String node) {
    this.store = store;
    this.node = node;
  }

  /** Answers false if the Node object is not there yet. */
  boolean sync(List<ResourceSliceSpec> plan) {
    String nodeUid = store.nodeUid().orElse("");
    if (nodeUid.isEmpty()) {
      return false;
    }
    Map<String, ResourceSlice> stored = new TreeMap<>();
    store.list().forEach(s -> stored.put(s.getMetadata().getName(), s));
    if (!asPlanned(plan, stored, nodeUid)) {
      write(plan, stored, nodeUid);
    }
    return true;
  }

  private boolean asPlanned(
      List<ResourceSliceSpec> plan, Map<String, ResourceSlice> stored, String nodeUid) {
    long generation = generation(stored);
    List<ResourceSliceSpec> wanted = SlicePlan.withPool(node, plan, generation);
    for (int i = 0; i < wanted.size(); i++) {
      ResourceSlice there = stored.get(name(i));
      if (there == null
          || !comparable(there.getSpec()).equals(comparable(wanted.get(i)))
          || !there.getMetadata().getOwnerReferences().equals(List.of(owner(nodeUid)))) {
        return false;
      }
    }
    return stored.size() == wanted.size();
  }

  private void write(
      List<ResourceSliceSpec> plan, Map<String, ResourceSlice> stored, String nodeUid) {
    long generation = generation(stored) + 1;
    List<ResourceSliceSpec> wanted = SlicePlan.withPool(node, plan, generation);
    for (int i = 0; i < wanted.size(); i++) {
      ResourceSlice there = stored.remove(name(i));
      if (there == null) {
        store.create(slice(new ResourceSliceBuilder(), i, wanted.get(i), nodeUid));
      } else {
        store.replace(slice(new ResourceSliceBuilder(there), i, wanted.get(i), nodeUid));
      }
    }
    stored.values().forEach(store::delete);
    LOG.atInfo()
        .addKeyValue("slices", wanted.size())
        .addKeyValue("generation", generation)
        .log("The devices of this node were published.");
  }

  private ResourceSlice slice(
      ResourceSliceBuilder from, int i, ResourceSliceSpec spec, String nodeUid) {
    return from.editOrNewMetadata()
        .withName(name(i))
        .addToLabels("app.kubernetes.io/managed-by", "berth-node-agent")
        .withOwnerReferences(owner(nodeUid))
        .endMetadata()
        .withSpec(spec)
        .build();
  }

  private OwnerReference owner(String nodeUid) {
    return new OwnerReferenceBuilder()
        .withApiVersion("v1")
        .withKind("Node")
        .withName(node)
        .withUid(nodeUid)
        .withController(true)
        .build();
  }

  private String name(int i) {
    return node + "-berth.dev-" + i;
  }

  private static long generation(Map<String, ResourceSlice> stored) {
    return stored.values().stream()
        .mapToLong(s -> s.getSpec().getPool().getGeneration())
        .max()
        .orElse(0);
  }

  /** Without the time that the API server adds to a taint. */
  private static ResourceSliceSpec comparable(ResourceSliceSpec spec) {
    ResourceSliceSpec copy = new ResourceSliceSpecBuilder(spec).build();
    copy.getDevices().forEach(d -> d.getTaints().forEach(t -> t.setTimeAdded(null)));
    return copy;
  }
}
