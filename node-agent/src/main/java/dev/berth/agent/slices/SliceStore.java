package dev.berth.agent.slices;

import io.fabric8.kubernetes.api.model.resource.v1.ResourceSlice;
import java.util.List;
import java.util.Optional;

/** Where this node's ResourceSlices are kept. Calls throw when it cannot be reached. */
public interface SliceStore extends AutoCloseable {
  /** Slices of this driver and node. */
  List<ResourceSlice> list();

  void create(ResourceSlice slice);

  void replace(ResourceSlice slice);

  void delete(ResourceSlice slice);

  /** Uid of the Node object, which owns the slices. */
  Optional<String> nodeUid();

  /** Calls {@code changed} after each change of the slices by anyone. */
  void watch(Runnable changed);

  @Override
  void close();
}
