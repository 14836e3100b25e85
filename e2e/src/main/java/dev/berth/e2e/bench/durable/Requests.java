package dev.berth.e2e.bench.durable;

import dev.berth.api.agent.v1.Inventory;
import dev.berth.api.common.v1.GpuShare;
import dev.berth.api.common.v1.Shape;
import dev.berth.api.common.v1.WholeGpus;
import dev.berth.api.scheduler.v1.Member;
import dev.berth.api.scheduler.v1.PlaceRequest;
import dev.berth.e2e.bench.engine.GeneratedTrace;
import dev.berth.scheduler.wire.Inventories;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** A cluster of the size of the public trace, and small requests of which it holds 250,000. */
final class Requests {
  private final Random random = new Random(1);
  private int count;

  static Map<String, Inventory> cluster() {
    Map<String, Inventory> nodes = new LinkedHashMap<>();
    GeneratedTrace.of(1)
        .nodes()
        .forEach((name, inventory) -> nodes.put(name, Inventories.write(inventory)));
    return nodes;
  }

  /** Half want a share of a GPU, one in a hundred a whole one, the others cores alone. */
  synchronized PlaceRequest next() {
    int kind = random.nextInt(100);
    Shape.Builder shape =
        Shape.newBuilder().setCpuMilli(50 + 50 * random.nextInt(3)).setMemoryMib(256);
    if (kind < 1) {
      shape.setGpus(WholeGpus.newBuilder().setAnyModel(true).setCount(1));
    } else if (kind < 50) {
      shape.setShare(
          GpuShare.newBuilder().setAnyModel(true).setMilli(10 * (1 + random.nextInt(2))));
    }
    return PlaceRequest.newBuilder()
        .setPlacementId("space/bench/%07d/0".formatted(count++))
        .addMembers(Member.newBuilder().setShape(shape))
        .setAccount("bench-" + kind)
        .setOwner("Space bench/" + kind)
        .setFlavor("small-" + kind)
        .setCatalogVersion("v1")
        .build();
  }
}
