package dev.berth.agent.slices;

import io.fabric8.kubernetes.api.model.resource.v1.DeviceTaint;
import io.fabric8.kubernetes.api.model.resource.v1.ResourceSlice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** An API server for slices only; it adds the time to taints as the real one does. */
final class MemorySliceStore implements SliceStore {
  final Map<String, ResourceSlice> slices = new TreeMap<>();
  private final List<Runnable> watchers = new ArrayList<>();
  boolean down;
  String nodeUid = "node-uid";
  int writes;

  @Override
  public synchronized List<ResourceSlice> list() {
    answer();
    return List.copyOf(slices.values());
  }

  private void answer() {
    if (down) {
      throw new IllegalStateException("API server is down");
    }
  }

  @Override
  public synchronized void create(ResourceSlice slice) {
    answer();
    writes++;
    slice.getSpec().getDevices().forEach(d -> d.getTaints().forEach(MemorySliceStore::stamp));
    slices.put(slice.getMetadata().getName(), slice);
  }

  private static void stamp(DeviceTaint taint) {
    taint.setTimeAdded("2026-11-24T00:00:00Z");
  }

  @Override
  public synchronized void replace(ResourceSlice slice) {
    create(slice);
  }

  @Override
  public synchronized void delete(ResourceSlice slice) {
    answer();
    writes++;
    slices.remove(slice.getMetadata().getName());
  }

  @Override
  public synchronized Optional<String> nodeUid() {
    answer();
    return Optional.of(nodeUid).filter(u -> !u.isEmpty());
  }

  @Override
  public synchronized void watch(Runnable changed) {
    watchers.add(changed);
  }

  /** As the kubelet does when it starts. */
  void wipe() {
    synchronized (this) {
      slices.clear();
    }
    watchers.forEach(Runnable::run);
  }

  @Override
  public void close() {}
}
