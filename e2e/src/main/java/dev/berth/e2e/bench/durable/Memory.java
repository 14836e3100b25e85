package dev.berth.e2e.bench.durable;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.berth.api.scheduler.v1.Placement;
import dev.berth.e2e.FleetException;
import dev.berth.e2e.bench.Jvm;
import dev.berth.e2e.bench.Load;
import dev.berth.scheduler.core.Decision;
import dev.berth.scheduler.core.Effect;
import dev.berth.scheduler.core.Event;
import dev.berth.scheduler.core.Outcome;
import dev.berth.scheduler.core.Scheduler;
import dev.berth.scheduler.core.State;
import dev.berth.scheduler.core.model.Accelerator;
import dev.berth.scheduler.core.model.Card;
import dev.berth.scheduler.core.model.Device;
import dev.berth.scheduler.core.model.Inventory;
import dev.berth.scheduler.core.model.Lease;
import dev.berth.scheduler.core.model.Models;
import dev.berth.scheduler.core.model.Placement.Waiting;
import dev.berth.scheduler.core.model.Request;
import dev.berth.scheduler.core.model.Shape;
import dev.berth.scheduler.core.quota.Quotas;
import dev.berth.scheduler.store.Contents;
import dev.berth.scheduler.wire.Inventories;
import dev.berth.scheduler.wire.Placements;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The heap of a leader of 100,000 nodes of eight cards and a million placements: its facts come
 * from bytes, as from the store, so that nothing is shared which would not be; then all nodes beat,
 * and it decides. It runs in a JVM of its own with a heap of 4 GiB.
 */
public final class Memory {
  private static final int NODES = 100_000;
  private static final int CARDS = 8;
  private static final int ON_EACH = 10;
  private static final long SECOND = 1_000_000_000L;

  private Memory() {}

  static void measureInOwnProcess(PrintStream out) {
    try {
      Process process =
          Jvm.command(
                  List.of("-Xmx4g", "-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders"),
                  Memory.class.getName(),
                  List.of())
              .start();
      try (var lines = process.inputReader()) {
        lines.lines().forEach(out::println);
      }
      if (process.waitFor() != 0) {
        throw new FleetException("It did not fit into a heap of 4 GiB.");
      }
    } catch (IOException e) {
      throw new FleetException("Cannot start a JVM", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  public static void main(String[] args) throws InvalidProtocolBufferException {
    long begun = System.nanoTime();
    Scheduler scheduler = new Scheduler(Long.MAX_VALUE / 4);
    State state = contents().restore(1, 0);
    long restored = used();
    for (String node : names()) {
      state = scheduler.step(state, new Event.Heartbeat(node, List.of()), SECOND).state();
    }
    int placed = 0;
    for (int i = 0; i < 10_000; i++) {
      Decision decision = scheduler.step(state, new Event.Place(more(i)), 2 * SECOND);
      state = decision.state();
      placed += placed(decision) ? 1 : 0;
    }
    long deciding = used();
    System.out.printf(
        Locale.ROOT,
        "heap at %,d nodes, %,d placements   target <= 4 GiB%n"
            + "  %,d MiB restored, %,d MiB with all nodes ready and %,d placements more; %.0f s with -Xmx4g; %s%n",
        state.nodes().size(),
        NODES * ON_EACH,
        restored >> 20,
        deciding >> 20,
        placed,
        (System.nanoTime() - begun) / 1e9,
        Load.average());
    if (state.placements().size() < NODES * ON_EACH || scheduler.hashCode() == 0) {
      throw new IllegalStateException("kept until here");
    }
  }

  /** After a full collection. */
  private static long used() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static boolean placed(Decision decision) {
    return decision.effects().stream()
        .anyMatch(
            effect ->
                effect instanceof Effect.PlaceAnswered(Outcome.Placed(var placement))
                    && !placement.leases().isEmpty());
  }

  private static Contents contents() throws InvalidProtocolBufferException {
    Map<String, Inventory> nodes = new HashMap<>();
    List<dev.berth.scheduler.core.model.Placement> placements = new ArrayList<>();
    for (String node : names()) {
      byte[] stored = Inventories.write(inventory(node)).toByteArray();
      nodes.put(node, Inventories.read(dev.berth.api.agent.v1.Inventory.parseFrom(stored)));
      for (int i = 0; i < ON_EACH; i++) {
        byte[] bytes = Placements.write(placement(node, i)).toByteArray();
        placements.add(Placements.read(Placement.parseFrom(bytes)));
      }
    }
    return new Contents(nodes, placements, List.of(), Quotas.NONE, Map.of(), Map.of(), Set.of());
  }

  private static List<String> names() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < NODES; i++) {
      names.add("node-%06d".formatted(i));
    }
    return names;
  }

  private static Inventory inventory(String node) {
    List<Card> cards = new ArrayList<>();
    for (int i = 0; i < CARDS; i++) {
      String uuid = "GPU-" + node + "-" + i;
      cards.add(new Card(i, uuid, "A100-80", 81_920, "", true, 0, 0, List.of()));
    }
    return new Inventory(192_000, 2_000_000, 1, 1, cards, List.of());
  }

  /** Seven whole cards, two halves of the last one, and one of cores alone. */
  private static dev.berth.scheduler.core.model.Placement placement(String node, int number) {
    Models a100 = Models.of("A100-80");
    boolean whole = number < CARDS - 1;
    Accelerator accelerator =
        whole
            ? new Accelerator.WholeGpus(a100, 1)
            : number < ON_EACH - 1
                ? new Accelerator.GpuShare(a100, 500, 0)
                : new Accelerator.None();
    Device device =
        whole
            ? new Device.WholeGpu(number, "A100-80", 81_920)
            : number < ON_EACH - 1
                ? new Device.ShareOfGpu(CARDS - 1, "A100-80", 500, 40_960)
                : new Device.Cpu();
    String id = "space/acme/%s-%d/0".formatted(node, number);
    Shape shape = new Shape(8_000, 64_000, accelerator);
    Request request = new Request(id, List.of(shape), "acme", "Space acme/" + number, "a100", "v1");
    Lease lease = new Lease(id + "#0", node, List.of(device), 8_000, 64_000, 8_000, 64_000);
    return new Waiting(request, SECOND).place(List.of(lease), 1, SECOND);
  }

  private static Request more(int number) {
    Shape shape = new Shape(1_000, 1_000, new Accelerator.None());
    return new Request("more/" + number, List.of(shape), "acme", "more", "cpu", "v1");
  }
}
