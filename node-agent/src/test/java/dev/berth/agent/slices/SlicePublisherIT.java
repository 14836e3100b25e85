package dev.berth.agent.slices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.agent.devices.Nodes;
import dev.berth.agent.scheduler.NodeCapacity;
import io.fabric8.kubernetes.api.model.resource.v1.ResourceSlice;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SlicePublisherIT {
  private static final NodeCapacity CAPACITY = new NodeCapacity(1000, 1000, 1, 1);
  private final MemorySliceStore store = new MemorySliceStore();
  private volatile Map<String, String> unhealthy = Map.of("gpu-0", "XID 79");
  private final SlicePublisher publisher =
      new SlicePublisher(
          store, "n1", () -> SlicePlan.of("n1", Nodes.of("H200-141", 3), unhealthy, CAPACITY));

  @AfterEach
  void close() {
    publisher.close();
  }

  private void awaitPublished() {
    await().until(publisher::published);
  }

  private static long generation(ResourceSlice slice) {
    return slice.getSpec().getPool().getGeneration();
  }

  @Test
  void publishesOneGenerationOwnedByTheNodeAndWritesNothingMore() {
    // When
    publisher.start();
    awaitPublished();

    // Then
    assertThat(store.list()).hasSize(3).allMatch(s -> generation(s) == 1);
    assertThat(store.list())
        .allMatch(s -> s.getMetadata().getOwnerReferences().getFirst().getUid().equals("node-uid"));
    int writes = store.writes;
    publisher.trigger();
    await().during(java.time.Duration.ofMillis(300)).until(() -> store.writes == writes);
  }

  @Test
  void aWipedPoolComesBackAndAChangeIsANewGeneration() {
    // Given
    publisher.start();
    awaitPublished();

    // When // Then
    store.wipe();
    await().until(() -> store.list().size() == 3);
    unhealthy = Map.of();
    publisher.trigger();
    await().until(() -> store.list().stream().allMatch(s -> generation(s) == 2));
  }

  @Test
  void waitsForTheApiServerAndTheNode() {
    // Given
    store.down = true;
    store.nodeUid = "";
    publisher.start();
    assertThat(publisher.published()).isFalse();

    // When
    store.down = false;
    store.nodeUid = "later";

    // Then
    await().atMost(java.time.Duration.ofSeconds(10)).until(publisher::published);
  }
}
