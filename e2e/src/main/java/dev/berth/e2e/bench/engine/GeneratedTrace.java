package dev.berth.e2e.bench.engine;

import dev.berth.e2e.replay.Task;
import dev.berth.scheduler.core.model.Accelerator;
import dev.berth.scheduler.core.model.Card;
import dev.berth.scheduler.core.model.Inventory;
import dev.berth.scheduler.core.model.Models;
import dev.berth.scheduler.core.model.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A cluster of the size of the public trace where that is not at hand: mixed nodes, and a few
 * hundred shapes of which some are asked for often. Always the same; figures are not those of the
 * trace.
 */
public final class GeneratedTrace {
  private static final int NODES = 1_200;
  private static final int SHAPES = 150;
  private static final int TASKS = 11_000;
  private static final String[] MODELS = {"T4-16", "A10G-24", "L4-24", "A100-80"};
  private static final int[] CARDS = {2, 4, 8, 8, 0};

  private GeneratedTrace() {}

  public static Trace of(long seed) {
    Random random = new Random(seed);
    List<Shape> shapes = new ArrayList<>();
    for (int i = 0; i < SHAPES; i++) {
      shapes.add(shape(random));
    }
    List<Task> tasks = new ArrayList<>();
    for (int i = 0; i < TASKS; i++) {
      double skewed = Math.pow(random.nextDouble(), 3);
      tasks.add(new Task("task-%05d".formatted(i), shapes.get((int) (skewed * SHAPES)), 0, 0));
    }
    return new Trace(nodes(random), tasks, tasks.stream().map(Task::shape).toList());
  }

  private static Map<String, Inventory> nodes(Random random) {
    Map<String, Inventory> nodes = new LinkedHashMap<>();
    for (int i = 0; i < NODES; i++) {
      int cards = CARDS[random.nextInt(CARDS.length)];
      String model = MODELS[random.nextInt(MODELS.length)];
      nodes.put("node-%05d".formatted(i), inventory(32_000 + 8_000L * cards, cards, model));
    }
    return nodes;
  }

  /** A node of so many equal cards of 16 GiB. */
  static Inventory inventory(long cpuMilli, int count, String model) {
    List<Card> cards = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      cards.add(new Card(i, "GPU-" + i, model, 16_384, "", true, 0, 0, List.of()));
    }
    return new Inventory(cpuMilli, 4 * cpuMilli, 1, 1, cards, List.of());
  }

  private static Shape shape(Random random) {
    long cpuMilli = 500L * (2 + random.nextInt(30));
    Models models = random.nextInt(8) == 0 ? Models.of(MODELS[random.nextInt(4)]) : Models.ANY;
    Accelerator accelerator =
        switch (random.nextInt(8)) {
          case 0 -> new Accelerator.None();
          case 1, 2, 3 -> new Accelerator.GpuShare(models, 50 * (2 + random.nextInt(16)), 0);
          case 4 -> new Accelerator.WholeGpus(models, 1 << random.nextInt(4));
          default -> new Accelerator.WholeGpus(models, 1);
        };
    return new Shape(cpuMilli, 3 * cpuMilli, accelerator);
  }
}
