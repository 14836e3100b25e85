package dev.berth.scheduler.core.gang;

import dev.berth.scheduler.core.fit.Placer;
import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.fleet.Occupancy;
import dev.berth.scheduler.core.model.Accelerator.GpuShare;
import dev.berth.scheduler.core.model.Accelerator.MigSlice;
import dev.berth.scheduler.core.model.Accelerator.None;
import dev.berth.scheduler.core.model.Accelerator.Seat;
import dev.berth.scheduler.core.model.Accelerator.TpuSlice;
import dev.berth.scheduler.core.model.Accelerator.WholeGpus;
import dev.berth.scheduler.core.model.Card;
import dev.berth.scheduler.core.model.Shape;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many replicas of one shape fit on one node, nothing else arriving. Exact: whole cards and
 * shares do not get into each other's way, and MIG instances of one profile have one length and
 * starts that are multiples of it. TPU slices are counted by their pods, not here.
 */
final class Room {
  private Room() {}

  static int of(Node node, Shape shape, int limit) {
    long host = node.ready() ? Math.min(limit, host(node, shape)) : 0;
    if (host <= 0) {
      return 0;
    }
    return switch (shape.accelerator()) {
      case None none -> (int) host;
      case Seat seat -> node.inventory().healthyTurnDevices() > 0 ? (int) host : 0;
      case WholeGpus gpus -> (int) Math.min(host, whole(node, gpus));
      case GpuShare share -> (int) Math.min(host, shares(node, share));
      case MigSlice mig -> Placer.replicas(node, shape, (int) host);
      case TpuSlice slice -> 0;
    };
  }

  private static long host(Node node, Shape shape) {
    return Math.min(
        times(node.cpuFree(), shape.cpuMilli()), times(node.memoryFree(), shape.memoryMib()));
  }

  /** Even what asks for nothing does not fit on a node that has less than nothing. */
  private static long times(long free, long asked) {
    return free < 0 ? 0 : asked == 0 ? Integer.MAX_VALUE : free / asked;
  }

  private static long whole(Node node, WholeGpus asked) {
    Map<String, Integer> free = new TreeMap<>();
    for (int i = 0; i < node.cards().size(); i++) {
      Card card = node.inventory().cards().get(i);
      if (card.healthy()
          && node.cards().get(i) instanceof Occupancy.Free
          && asked.models().allows(card.model())) {
        free.merge(card.model(), 1, Integer::sum);
      }
    }
    return free.values().stream().mapToInt(cards -> cards / asked.count()).sum();
  }

  private static long shares(Node node, GpuShare asked) {
    long fits = 0;
    for (int i = 0; i < node.cards().size(); i++) {
      Card card = node.inventory().cards().get(i);
      if (card.healthy() && asked.models().allows(card.model())) {
        fits += shares(card, node.cards().get(i), asked);
      }
    }
    return fits;
  }

  private static long shares(Card card, Occupancy occupancy, GpuShare asked) {
    return switch (occupancy) {
      case Occupancy.Free free -> shares(1000, card.memoryMib(), asked);
      case Occupancy.Shared shared ->
          shares(1000 - shared.milli(), card.memoryMib() - shared.memoryMib(), asked);
      case Occupancy.Whole whole -> 0;
      case Occupancy.Cut cut -> 0;
    };
  }

  private static long shares(long milli, long memoryMib, GpuShare asked) {
    return Math.min(times(milli, asked.milli()), times(memoryMib, asked.memoryMib()));
  }
}
