package dev.berth.scheduler.core.gang;

import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.fleet.Occupancy;
import dev.berth.scheduler.core.model.Accelerator;
import dev.berth.scheduler.core.model.Accelerator.GpuShare;
import dev.berth.scheduler.core.model.Accelerator.MigSlice;
import dev.berth.scheduler.core.model.Accelerator.None;
import dev.berth.scheduler.core.model.Accelerator.Seat;
import dev.berth.scheduler.core.model.Accelerator.TpuSlice;
import dev.berth.scheduler.core.model.Accelerator.WholeGpus;
import dev.berth.scheduler.core.model.Card;
import dev.berth.scheduler.core.model.MigProfile;
import dev.berth.scheduler.core.model.Shape;
import java.util.List;

/** A resource that members of several shapes share on a node. TPU chips are counted by pods. */
enum Amount {
  CPU,
  MEMORY,
  /** Thousandths of cards; a MIG instance takes its part of the memory units, rounded down. */
  CARDS;

  /** What one member takes of the node at least. */
  long asked(Node node, Shape shape) {
    return switch (this) {
      case CPU -> shape.cpuMilli();
      case MEMORY -> shape.memoryMib();
      case CARDS ->
          switch (shape.accelerator()) {
            case WholeGpus gpus -> 1000L * gpus.count();
            case GpuShare share -> share.milli();
            case MigSlice mig -> part(node, mig);
            case None none -> 0;
            case Seat seat -> 0;
            case TpuSlice slice -> 0;
          };
    };
  }

  /** What the node can give to members of these shapes at most. */
  long free(Node node, List<Shape> shapes) {
    return switch (this) {
      case CPU -> Math.max(0, node.cpuFree());
      case MEMORY -> Math.max(0, node.memoryFree());
      case CARDS -> cards(node, shapes);
    };
  }

  private static long part(Node node, MigSlice asked) {
    long least = 1000;
    for (Card card : node.inventory().cards()) {
      for (MigProfile profile : card.profiles()) {
        if (card.model().equals(asked.model()) && profile.name().equals(asked.profile())) {
          least = Math.min(least, 1000L * profile.memoryUnits() / Math.max(1, card.migUnits()));
        }
      }
    }
    return least;
  }

  private static long cards(Node node, List<Shape> shapes) {
    long free = 0;
    for (int i = 0; i < node.cards().size(); i++) {
      Card card = node.inventory().cards().get(i);
      Occupancy occupancy = node.cards().get(i);
      if (card.healthy()
          && shapes.stream().anyMatch(s -> usable(card, occupancy, s.accelerator()))) {
        free += free(card, occupancy);
      }
    }
    return free;
  }

  private static boolean usable(Card card, Occupancy occupancy, Accelerator asked) {
    boolean free = occupancy instanceof Occupancy.Free;
    return switch (asked) {
      case WholeGpus gpus -> free && gpus.models().allows(card.model());
      case GpuShare share ->
          (free || occupancy instanceof Occupancy.Shared) && share.models().allows(card.model());
      case MigSlice mig ->
          (free || occupancy instanceof Occupancy.Cut) && mig.model().equals(card.model());
      case None none -> false;
      case Seat seat -> false;
      case TpuSlice slice -> false;
    };
  }

  private static long free(Card card, Occupancy occupancy) {
    return switch (occupancy) {
      case Occupancy.Free free -> 1000;
      case Occupancy.Shared shared -> 1000 - shared.milli();
      case Occupancy.Whole whole -> 0;
      case Occupancy.Cut cut -> {
        int units = Math.max(1, card.migUnits());
        int taken = Integer.bitCount(cut.mask() & ((1 << units) - 1));
        yield Math.ceilDiv(1000L * (units - taken), units);
      }
    };
  }
}
