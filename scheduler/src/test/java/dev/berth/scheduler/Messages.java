package dev.berth.scheduler;

import dev.berth.api.agent.v1.Card;
import dev.berth.api.agent.v1.Inventory;
import dev.berth.api.common.v1.Shape;
import dev.berth.api.common.v1.WholeGpus;
import dev.berth.api.scheduler.v1.Member;
import dev.berth.api.scheduler.v1.PlaceRequest;
import java.util.stream.IntStream;

/** What clients and agents of the tests say: T4 cards, four on a node. */
final class Messages {
  private Messages() {}

  static PlaceRequest request(String id, int gpus) {
    return PlaceRequest.newBuilder()
        .setPlacementId(id)
        .addMembers(Member.newBuilder().setShape(shape(gpus)))
        .setAccount("acme")
        .setOwner("Space acme/demo")
        .setFlavor("t4")
        .setCatalogVersion("v1")
        .build();
  }

  static Shape shape(int gpus) {
    return Shape.newBuilder()
        .setCpuMilli(1_000)
        .setMemoryMib(1_024)
        .setGpus(WholeGpus.newBuilder().setModel("T4-16").setCount(gpus))
        .build();
  }

  /** Cores alone, and few of them. */
  static PlaceRequest small(String id) {
    var cores = Shape.newBuilder().setCpuMilli(100).setMemoryMib(64);
    return request(id, 1).toBuilder().setMembers(0, Member.newBuilder().setShape(cores)).build();
  }

  /** Room for thousands of small requests. */
  static Inventory manyCores() {
    return Inventory.newBuilder()
        .setCpuMilli(4_000_000)
        .setMemoryMib(4_000_000)
        .setCpuOvercommit(1)
        .setMemoryOvercommit(1)
        .build();
  }

  static Inventory fourT4() {
    return Inventory.newBuilder()
        .setCpuMilli(32_000)
        .setMemoryMib(64_000)
        .setCpuOvercommit(4)
        .setMemoryOvercommit(2)
        .addAllCards(
            IntStream.range(0, 4)
                .mapToObj(
                    i ->
                        Card.newBuilder()
                            .setIndex(i)
                            .setUuid("GPU-" + i)
                            .setModel("T4-16")
                            .setMemoryMib(15_360)
                            .setHealthy(true)
                            .build())
                .toList())
        .build();
  }
}
