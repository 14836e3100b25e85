package dev.berth.agent.dra;

import dev.berth.agent.devices.DeviceBackend;
import dev.berth.agent.devices.Health;
import dev.berth.agent.devices.NodeInventory.DeviceSpec;
import dev.berth.agent.wire.health.DRAResourceHealthGrpc;
import dev.berth.agent.wire.health.DeviceHealth;
import dev.berth.agent.wire.health.DeviceIdentifier;
import dev.berth.agent.wire.health.HealthStatus;
import dev.berth.agent.wire.health.NodeWatchResourcesRequest;
import dev.berth.agent.wire.health.NodeWatchResourcesResponse;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Tells the kubelet the health of all devices, at each change and now and then. */
final class HealthService extends DRAResourceHealthGrpc.DRAResourceHealthImplBase {
  private final String node;
  private final DeviceBackend backend;
  private final Health health;
  private final Clock clock;
  private final Set<StreamObserver<NodeWatchResourcesResponse>> watchers =
      ConcurrentHashMap.newKeySet();

  HealthService(String node, DeviceBackend backend, Health health, Clock clock) {
    this.node = node;
    this.backend = backend;
    this.health = health;
    this.clock = clock;
    health.onChange(this::publish);
  }

  @Override
  public void nodeWatchResources(
      NodeWatchResourcesRequest request, StreamObserver<NodeWatchResourcesResponse> watcher) {
    ((ServerCallStreamObserver<NodeWatchResourcesResponse>) watcher)
        .setOnCancelHandler(() -> watchers.remove(watcher));
    watchers.add(watcher);
    send(watcher, all());
  }

  /** The kubelet forgets a health that is not repeated. */
  void publish() {
    if (!watchers.isEmpty()) {
      NodeWatchResourcesResponse now = all();
      watchers.forEach(w -> send(w, now));
    }
  }

  private void send(
      StreamObserver<NodeWatchResourcesResponse> watcher, NodeWatchResourcesResponse now) {
    synchronized (watcher) {
      if (watcher instanceof ServerCallStreamObserver<?> call && call.isCancelled()) {
        watchers.remove(watcher);
      } else {
        watcher.onNext(now);
      }
    }
  }

  private NodeWatchResourcesResponse all() {
    Map<String, String> unhealthy = health.unhealthy();
    NodeWatchResourcesResponse.Builder all = NodeWatchResourcesResponse.newBuilder();
    for (DeviceSpec spec : backend.inventory().specs().values()) {
      all.addDevices(device(spec, unhealthy.get(spec.footprint().card())));
    }
    return all.build();
  }

  private DeviceHealth.Builder device(DeviceSpec spec, @Nullable String reason) {
    return DeviceHealth.newBuilder()
        .setDevice(
            DeviceIdentifier.newBuilder().setPoolName(node).setDeviceName(spec.name()).build())
        .setHealth(reason == null ? HealthStatus.HEALTHY : HealthStatus.UNHEALTHY)
        .setMessage(reason == null ? "" : reason)
        .setLastUpdatedTime(clock.instant().getEpochSecond());
  }
}
