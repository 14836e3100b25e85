package dev.berth.scheduler.core.reserve;

import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.fleet.Occupancy;
import dev.berth.scheduler.core.model.Card;
import java.util.ArrayList;
import java.util.List;

/** One node at two times: of each resource as much is free as at both of them. */
final class Overlay {
  /** Stands for whoever will hold it. */
  private static final String HOLDER = "reserved";

  private Overlay() {}

  static Node of(Node now, Node then) {
    List<Occupancy> cards = new ArrayList<>();
    for (int i = 0; i < now.cards().size(); i++) {
      Card card = now.inventory().cards().get(i);
      cards.add(card(card, now.cards().get(i), then.cards().get(i)));
    }
    return new Node(
        now.name(),
        now.inventory(),
        now.ready(),
        now.lastSeenNanos(),
        now.leases(),
        Math.max(now.cpuUsed(), then.cpuUsed()),
        Math.max(now.memoryUsed(), then.memoryUsed()),
        List.copyOf(cards),
        now.chips() | then.chips());
  }

  private static Occupancy card(Card card, Occupancy now, Occupancy then) {
    if (then instanceof Occupancy.Free || now.equals(then)) {
      return now;
    }
    return switch (now) {
      case Occupancy.Free free -> then;
      case Occupancy.Whole whole -> now;
      case Occupancy.Shared shared ->
          then instanceof Occupancy.Shared later
              ? shared(shared, later.milli(), later.memoryMib())
              : shared(shared, 1_000, card.memoryMib());
      case Occupancy.Cut cut -> then instanceof Occupancy.Cut later ? cut(cut, later) : full(cut);
    };
  }

  private static Occupancy shared(Occupancy.Shared now, int milli, long memoryMib) {
    int more = Math.max(0, milli - now.milli());
    long moreMemory = Math.max(0, memoryMib - now.memoryMib());
    return more == 0 && moreMemory == 0
        ? now
        : now.take(new Occupancy.Part(HOLDER, more, moreMemory));
  }

  private static Occupancy cut(Occupancy.Cut now, Occupancy.Cut later) {
    Occupancy both = now;
    int compute = Math.max(0, later.compute() - now.compute());
    for (Occupancy.Instance instance : later.instances()) {
      int mask = instance.mask() & ~now.mask();
      if (mask != 0) {
        both =
            both.take(
                new Occupancy.Instance(
                    HOLDER, instance.profile(), instance.start(), mask, compute, instance.media()));
        compute = 0;
      }
    }
    return both;
  }

  private static Occupancy full(Occupancy.Cut now) {
    return now.take(new Occupancy.Instance(HOLDER, "", 0, ~now.mask(), 0, true));
  }
}
