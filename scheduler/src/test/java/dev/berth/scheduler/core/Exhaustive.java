package dev.berth.scheduler.core;

import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.fleet.Occupancy;
import dev.berth.scheduler.core.model.Accelerator;
import dev.berth.scheduler.core.model.Accelerator.GpuShare;
import dev.berth.scheduler.core.model.Card;
import dev.berth.scheduler.core.model.Models;
import dev.berth.scheduler.core.model.Shape;
import java.util.ArrayList;
import java.util.List;

/** Whether members fit on nodes at all, by trying everything. Whole cards, shares, processors. */
final class Exhaustive {
  private static final class Bin {
    final String node;
    final String model;
    int milli;
    long memory;

    Bin(String node, Card card, int milli, long memory) {
      this.node = node;
      this.model = card.model();
      this.milli = milli;
      this.memory = memory;
    }
  }

  private final List<Node> nodes;
  private final List<Shape> members;
  private final long[] cpu;
  private final long[] memory;
  private final List<Bin> bins = new ArrayList<>();

  private Exhaustive(List<Node> nodes, List<Shape> members) {
    this.nodes = nodes;
    this.members = members;
    cpu = nodes.stream().mapToLong(Node::cpuFree).toArray();
    memory = nodes.stream().mapToLong(Node::memoryFree).toArray();
    for (Node node : nodes) {
      for (int i = 0; i < node.cards().size(); i++) {
        Card card = node.inventory().cards().get(i);
        switch (node.cards().get(i)) {
          case Occupancy.Free free -> bins.add(new Bin(node.name(), card, 1000, card.memoryMib()));
          case Occupancy.Shared s ->
              bins.add(
                  new Bin(node.name(), card, 1000 - s.milli(), card.memoryMib() - s.memoryMib()));
          case Occupancy.Whole whole -> {}
          case Occupancy.Cut cut -> {}
        }
      }
    }
  }

  static boolean fits(List<Node> nodes, List<Shape> members) {
    return new Exhaustive(nodes, members).member(0);
  }

  private boolean member(int m) {
    if (m == members.size()) {
      return true;
    }
    Shape shape = members.get(m);
    for (int n = 0; n < nodes.size(); n++) {
      if (cpu[n] >= shape.cpuMilli() && memory[n] >= shape.memoryMib()) {
        cpu[n] -= shape.cpuMilli();
        memory[n] -= shape.memoryMib();
        boolean fits = devices(m, nodes.get(n).name(), shape.accelerator());
        cpu[n] += shape.cpuMilli();
        memory[n] += shape.memoryMib();
        if (fits) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean devices(int m, String node, Accelerator asked) {
    return switch (asked) {
      case Accelerator.None none -> member(m + 1);
      case Accelerator.Seat seat -> throw new AssertionError("seats are no gangs");
      case Accelerator.WholeGpus gpus -> whole(m, node, gpus.models(), gpus.count(), 0);
      case GpuShare share -> share(m, node, share);
      case Accelerator.MigSlice mig -> throw new IllegalArgumentException("no MIG here");
      case Accelerator.TpuSlice slice -> throw new IllegalArgumentException("no TPU here");
    };
  }

  private boolean share(int m, String node, GpuShare asked) {
    for (Bin bin : bins) {
      if (bin.node.equals(node)
          && asked.models().allows(bin.model)
          && bin.milli >= asked.milli()
          && bin.memory >= asked.memoryMib()) {
        bin.milli -= asked.milli();
        bin.memory -= asked.memoryMib();
        boolean fits = member(m + 1);
        bin.milli += asked.milli();
        bin.memory += asked.memoryMib();
        if (fits) {
          return true;
        }
      }
    }
    return false;
  }

  /** The nodes here have cards of one model each. */
  private boolean whole(int m, String node, Models models, int left, int from) {
    if (left == 0) {
      return member(m + 1);
    }
    for (int b = from; b < bins.size(); b++) {
      Bin bin = bins.get(b);
      if (bin.node.equals(node) && models.allows(bin.model) && bin.milli == 1000) {
        bin.milli = 0;
        boolean fits = whole(m, node, models, left - 1, b + 1);
        bin.milli = 1000;
        if (fits) {
          return true;
        }
      }
    }
    return false;
  }
}
