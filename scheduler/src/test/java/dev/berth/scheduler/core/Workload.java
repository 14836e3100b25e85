package dev.berth.scheduler.core;

import dev.berth.scheduler.core.model.Accelerator;
import dev.berth.scheduler.core.model.Inventory;
import dev.berth.scheduler.core.model.MigProfile;
import dev.berth.scheduler.core.model.Request;
import dev.berth.scheduler.core.model.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Random nodes and requests of all kinds that meet often. */
public final class Workload {
  private final Random random;
  private final List<String> models = new ArrayList<>(Hardware.MIG.keySet());

  public Workload(Random random) {
    this.random = random;
    models.add("T4-16");
    Collections.shuffle(models, random);
  }

  public Inventory inventory() {
    return switch (random.nextInt(6)) {
      case 0 -> Hardware.cpu(4_000 + random.nextInt(16_000), 8_000 + random.nextInt(64_000));
      case 1 -> Hardware.tpu("v5e", 2, 1 << random.nextInt(3));
      default -> Hardware.gpus(model(), 1 + random.nextInt(8), random.nextInt(5));
    };
  }

  /** Few models, so that requests and nodes often meet. */
  private String model() {
    return models.get(random.nextInt(3));
  }

  public Request request(String id) {
    int members = random.nextInt(4) == 0 ? 1 + random.nextInt(5) : 1;
    List<Shape> shapes = new ArrayList<>();
    Shape common = shape();
    for (int i = 0; i < members; i++) {
      shapes.add(random.nextInt(4) == 0 ? shape() : common);
    }
    return new Request(id, shapes, "acct", "Space acct/p", "flavor", "v1");
  }

  private Shape shape() {
    long cpu = random.nextInt(4_000);
    long memory = random.nextInt(16_000);
    String model = model();
    List<MigProfile> profiles = Hardware.MIG.getOrDefault(model, List.of());
    return switch (random.nextInt(8)) {
      case 0 -> new Shape(cpu, memory, new Accelerator.None());
      case 1, 2 -> new Shape(cpu, memory, new Accelerator.WholeGpus(model, 1 + random.nextInt(4)));
      case 3 ->
          new Shape(
              cpu,
              memory,
              new Accelerator.GpuShare(model, 1 + random.nextInt(1000), random.nextInt(16_000)));
      case 4 ->
          new Shape(
              cpu,
              memory,
              random.nextBoolean()
                  ? new Accelerator.TpuSlice("v5e", 2, 1 + random.nextInt(4), 1)
                  : new Accelerator.TpuSlice("v5e", 1, 1, 1));
      default ->
          new Shape(
              cpu,
              memory,
              profiles.isEmpty()
                  ? new Accelerator.WholeGpus(model, 1)
                  : new Accelerator.MigSlice(
                      model, profiles.get(random.nextInt(profiles.size())).name()));
    };
  }
}
