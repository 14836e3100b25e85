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

/** A small fleet with a history, all from one seed: busy, partly draining, partly silent. */
public final class RandomFleet {
  private static final List<String> MODELS = List.of("T4-16", "A100-80", "H200-141");
  public final Random random;
  public final Fleet fleet = new Fleet();
  private int ids;

  public RandomFleet(long seed) {
    random = new Random(seed);
    int nodes = 1 + random.nextInt(4);
    for (int i = 0; i < nodes; i++) {
      fleet.with("node-" + i, inventory());
    }
  }

  public RandomFleet history(int steps) {
    for (int i = 0; i < steps; i++) {
      act();
    }
    return this;
  }

  private void act() {
    List<String> known = new ArrayList<>(fleet.state.placements().keySet());
    int dice = random.nextInt(20);
    if (dice < 12 || known.isEmpty()) {
      fleet.step(new Event.Place(request()));
    } else if (dice < 16) {
      fleet.step(new Event.Release(any(known)));
    } else if (dice < 18) {
      fleet.drain(any(known));
    } else if (dice < 19) {
      fleet.step(new Event.NodeLost(node()));
    } else {
      fleet.step(new Event.DeviceHealth(node(), "gpu-" + random.nextInt(4), random.nextBoolean()));
    }
  }

  private String any(List<String> names) {
    return names.get(random.nextInt(names.size()));
  }

  public String node() {
    return any(List.copyOf(fleet.state.nodes().keySet()));
  }

  private Inventory inventory() {
    return switch (random.nextInt(6)) {
      case 0 -> Hardware.cpu(4_000 + random.nextInt(8_000), 8_000 + random.nextInt(32_000));
      case 1 -> Hardware.tpu("v5e", 2, 1 << random.nextInt(3));
      default -> Hardware.gpus(any(MODELS), 1 + random.nextInt(6), random.nextInt(4));
    };
  }

  public Request request() {
    int members = random.nextInt(3) == 0 ? 1 + random.nextInt(6) : 1;
    List<Shape> shapes = new ArrayList<>(Collections.nCopies(members, shape()));
    if (random.nextInt(4) == 0) {
      shapes.set(random.nextInt(members), shape());
    }
    return new Request("p/" + ids++, shapes, "acct", "Space acct/p", "flavor", "v1");
  }

  private Shape shape() {
    long cpu = random.nextInt(24_000);
    long memory = random.nextInt(200_000);
    String model = any(MODELS);
    List<MigProfile> profiles = Hardware.MIG.getOrDefault(model, List.of());
    return new Shape(
        cpu,
        memory,
        switch (random.nextInt(8)) {
          case 0 -> new Accelerator.None();
          case 1, 2, 3 -> new Accelerator.WholeGpus(model, 1 + random.nextInt(4));
          case 4 ->
              new Accelerator.GpuShare(model, 1 + random.nextInt(1000), random.nextInt(16_000));
          case 5 -> new Accelerator.TpuSlice("v5e", 2, 1 << random.nextInt(2), 1);
          default ->
              profiles.isEmpty()
                  ? new Accelerator.WholeGpus(model, 1)
                  : new Accelerator.MigSlice(
                      model, profiles.get(random.nextInt(profiles.size())).name());
        });
  }
}
