package dev.berth.scheduler.core.queue;

import dev.berth.scheduler.core.Event;
import dev.berth.scheduler.core.Fleet;
import dev.berth.scheduler.core.Hardware;
import dev.berth.scheduler.core.model.Accelerator;
import dev.berth.scheduler.core.model.Placement;
import dev.berth.scheduler.core.model.Policy;
import dev.berth.scheduler.core.model.Request;
import dev.berth.scheduler.core.model.Shape;
import dev.berth.scheduler.core.model.Topology;
import dev.berth.scheduler.core.quota.Limits;
import dev.berth.scheduler.core.quota.QuotaNode;
import dev.berth.scheduler.core.quota.QuotaTree;
import dev.berth.scheduler.core.quota.Quotas;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Prints what a position costs while 10,000 requests of 100 tenants wait. Not a test. */
public final class PositionsTiming {
  private static final int WAITING = 10_000;
  private static final int TENANTS = 100;
  private static final int ROUNDS = 200;
  private static final Shape T4 = new Shape(1, 1, new Accelerator.WholeGpus("T4-16", 1));

  private PositionsTiming() {}

  public static void main(String[] args) {
    measure("without quotas", Quotas.NONE);
    measure("with quotas", quotas());
  }

  private static void measure(String what, Quotas quotas) {
    Fleet fleet = new Fleet().with("n", Hardware.gpus("T4-16", 1, 0));
    fleet.step(new Event.PublishQuotas(QuotaTree.of(quotas)));
    fleet.place("busy", List.of(T4));
    long[] steps = new long[WAITING];
    for (int i = 0; i < WAITING; i++) {
      Event place = new Event.Place(request(i));
      long began = System.nanoTime();
      fleet.step(place);
      steps[i] = System.nanoTime() - began;
    }
    long[] lasts = new long[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      long began = System.nanoTime();
      fleet.position("p" + (WAITING - 1 - i % TENANTS));
      lasts[i] = System.nanoTime() - began;
    }
    long began = System.nanoTime();
    List<Placement.Waiting> all = fleet.scheduler.positions(fleet.now).all(fleet.state);
    long whole = System.nanoTime() - began;
    System.out.printf(
        "%s: a Place %.3f ms, position of one of the last %.3f ms (medians), all %d in %.1f ms%n",
        what,
        median(Arrays.copyOfRange(steps, WAITING / 2, WAITING)),
        median(lasts),
        all.size(),
        whole / 1e6);
  }

  private static double median(long[] nanos) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2] / 1e6;
  }

  private static Quotas quotas() {
    List<QuotaNode> nodes = new ArrayList<>();
    nodes.add(new QuotaNode("root", "", 1, Map.of("t4", Limits.of(0))));
    for (int i = 0; i < TENANTS; i++) {
      nodes.add(new QuotaNode("q" + i, "root", 1 + i % 3, Map.of("t4", Limits.of(100))));
    }
    return new Quotas(nodes, 3_600_000_000_000L, 0);
  }

  private static Request request(int i) {
    Policy policy =
        new Policy(0, false, "q" + i % TENANTS, Topology.ANYWHERE, List.of(), List.of(), 0, 0);
    return new Request("p" + i, List.of(T4), "acme", "Space a/" + i, "t4", "v1", policy);
  }
}
