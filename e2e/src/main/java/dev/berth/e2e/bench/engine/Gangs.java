package dev.berth.e2e.bench.engine;

import dev.berth.scheduler.core.Decision;
import dev.berth.scheduler.core.Effect;
import dev.berth.scheduler.core.Event;
import dev.berth.scheduler.core.Outcome;
import dev.berth.scheduler.core.Scheduler;
import dev.berth.scheduler.core.State;
import dev.berth.scheduler.core.model.Accelerator;
import dev.berth.scheduler.core.model.Device;
import dev.berth.scheduler.core.model.Inventory;
import dev.berth.scheduler.core.model.Lease;
import dev.berth.scheduler.core.model.Placement;
import dev.berth.scheduler.core.model.Policy;
import dev.berth.scheduler.core.model.Request;
import dev.berth.scheduler.core.model.Shape;
import dev.berth.scheduler.core.model.Topology;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** 500 nodes of 8 cards, what may stand on them, and gangs of whole cards. */
public final class Gangs {
  public static final int NODES = 500;
  private static final int CARDS = 8;
  private static final String MODEL = "H200-141";
  private static final long SECOND = 1_000_000_000L;
  private static final Policy PREEMPTIBLE =
      new Policy(0, true, "", Topology.ANYWHERE, List.of(), List.of(), 0, 0);

  private Gangs() {}

  /** {@code members} that want {@code cards} cards each. */
  public static Request gang(String id, int members, int cards) {
    Shape each = new Shape(1_000, 1_024, new Accelerator.WholeGpus(MODEL, cards));
    return new Request(id, Collections.nCopies(members, each), "bench", "bench", "gpu", "1");
  }

  /** What a scheduler that knows nothing of the state yet says to the request. */
  public static String answer(State state, Request request) {
    Decision decision =
        new Scheduler(Long.MAX_VALUE / 4).step(state, new Event.Place(request), SECOND);
    for (Effect effect : decision.effects()) {
      if (effect instanceof Effect.PlaceAnswered(Outcome outcome)) {
        return switch (outcome) {
          case Outcome.Placed placed -> placed.placement().leases().size() + " leases";
          case Outcome.Waiting waiting -> waiting.reasons().getFirst().message();
          case Outcome.Rejected rejected -> rejected.reasons().getFirst().message();
        };
      }
    }
    return "no answer";
  }

  /** Nothing runs. */
  public static State empty() {
    return fleet(List.of());
  }

  /** On all nodes but {@code whole} one card is free. */
  public static State nearlyFull(int whole) {
    List<Placement> placements = new ArrayList<>();
    for (int node = 0; node < NODES - whole; node++) {
      placements.add(full(node, CARDS - 1));
    }
    return fleet(placements);
  }

  /** Gangs of ten single cards, four on a node, on 103 nodes; the others are full. */
  public static State scattered(int gangs) {
    List<Placement> placements = new ArrayList<>();
    for (int gang = 0; gang < gangs; gang++) {
      String id = "gang-" + gang;
      List<Lease> leases = new ArrayList<>();
      for (int member = 0; member < 10; member++) {
        int at = 10 * gang + member;
        leases.add(lease(id + "#" + member, at / 4, at % 4, 1));
      }
      placements.add(placed(gang(id, 10, 1).withPolicy(PREEMPTIBLE), leases));
    }
    for (int node = Math.ceilDiv(10 * gangs, 4); node < NODES; node++) {
      placements.add(full(node, CARDS));
    }
    return fleet(placements);
  }

  private static Placement full(int node, int cards) {
    String id = "full-" + node;
    return placed(gang(id, 1, cards), List.of(lease(id + "#0", node, 0, cards)));
  }

  private static Placement placed(Request request, List<Lease> leases) {
    return new Placement.Placed(request, SECOND, SECOND, 1, leases, 0);
  }

  private static Lease lease(String id, int node, int card, int count) {
    List<Device> devices =
        IntStream.range(card, card + count)
            .<Device>mapToObj(i -> new Device.WholeGpu(i, MODEL, 16_384))
            .toList();
    return new Lease(id, name(node), devices, 1_000, 1_024, 1_000, 1_024);
  }

  private static String name(int node) {
    return "node-%03d".formatted(node);
  }

  private static State fleet(List<Placement> placements) {
    Map<String, Inventory> inventories = new TreeMap<>();
    for (int node = 0; node < NODES; node++) {
      inventories.put(name(node), GeneratedTrace.inventory(96_000, CARDS, MODEL));
    }
    Scheduler scheduler = new Scheduler(Long.MAX_VALUE / 4);
    State state = State.restore(1, inventories, placements, List.of());
    for (String node : inventories.keySet()) {
      state = scheduler.step(state, new Event.Heartbeat(node, List.of()), SECOND).state();
    }
    return state;
  }
}
