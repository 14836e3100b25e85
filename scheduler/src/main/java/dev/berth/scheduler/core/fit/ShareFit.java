package dev.berth.scheduler.core.fit;

import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.fleet.Occupancy;
import dev.berth.scheduler.core.model.Accelerator.GpuShare;
import dev.berth.scheduler.core.model.Card;
import dev.berth.scheduler.core.model.Device;
import dev.berth.scheduler.core.model.ReasonCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A share of one card: on the fullest shared card that still has room, else on a free one. */
final class ShareFit {
  private ShareFit() {}

  static Fit of(Node node, GpuShare asked) {
    Fit.@Nullable Fits best = null;
    Room most = new Room(0, 0);
    long cards = 0;
    long milliInAll = 0;
    long largest = 0;
    for (int i = 0; i < node.cards().size(); i++) {
      Card card = node.inventory().cards().get(i);
      if (!asked.models().allows(card.model())) {
        continue;
      }
      cards++;
      largest = Math.max(largest, card.memoryMib());
      Room room = card.healthy() ? Room.of(card, node.cards().get(i)) : new Room(0, 0);
      milliInAll += room.milli();
      most = room.roomier(most);
      Fit.Fits here = room.holds(asked) ? offer(node, card, room, asked) : null;
      best =
          here != null && (best == null || here.score().compareTo(best.score()) < 0) ? here : best;
    }
    if (best != null) {
      return best;
    }
    return cards == 0
        ? Fit.Shortage.unknown(asked.models().toString(), "milli-gpu", asked.milli())
        : shortage(asked, most, milliInAll, largest);
  }

  /** On this card, which has the room. */
  static Fit.Fits on(Node node, int position, GpuShare asked) {
    Card card = node.inventory().cards().get(position);
    return offer(node, card, Room.of(card, node.cards().get(position)), asked);
  }

  private static Fit.Fits offer(Node node, Card card, Room room, GpuShare asked) {
    Device device =
        new Device.ShareOfGpu(card.index(), card.model(), asked.milli(), asked.memoryMib());
    long opened = room.milli() == 1000 ? 1 : 0;
    int left = room.milli() - asked.milli();
    return new Fit.Fits(List.of(device), new Score(opened, 0, left, NodeFit.freeCards(node)));
  }

  private static Fit.Shortage shortage(GpuShare asked, Room most, long milliInAll, long largest) {
    if (most.milli() >= asked.milli()) {
      return new Fit.Shortage(
          ReasonCode.INSUFFICIENT_ACCELERATORS,
          asked.memoryMib(),
          most.memoryMib(),
          largest,
          "MiB",
          asked.models().toString());
    }
    return new Fit.Shortage(
        milliInAll >= asked.milli() ? ReasonCode.FRAGMENTED : ReasonCode.INSUFFICIENT_ACCELERATORS,
        asked.milli(),
        most.milli(),
        1000,
        "milli-gpu",
        asked.models().toString());
  }

  /** What one card has left for shares. */
  private record Room(int milli, long memoryMib) {
    static Room of(Card card, Occupancy occupancy) {
      return switch (occupancy) {
        case Occupancy.Free free -> new Room(1000, card.memoryMib());
        case Occupancy.Shared shared ->
            new Room(1000 - shared.milli(), card.memoryMib() - shared.memoryMib());
        case Occupancy.Whole whole -> new Room(0, 0);
        case Occupancy.Cut cut -> new Room(0, 0);
      };
    }

    boolean holds(GpuShare asked) {
      return milli >= asked.milli() && memoryMib >= asked.memoryMib();
    }

    Room roomier(Room other) {
      return milli > other.milli || (milli == other.milli && memoryMib > other.memoryMib)
          ? this
          : other;
    }
  }
}
