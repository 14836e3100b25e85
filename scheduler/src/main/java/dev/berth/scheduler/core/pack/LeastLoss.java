package dev.berth.scheduler.core.pack;

import dev.berth.scheduler.core.fit.Fit;
import dev.berth.scheduler.core.fit.NodeFit;
import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.model.Shape;
import java.util.function.ToDoubleFunction;

/**
 * The place after which the fleet can fill the most GPUs: what {@link Fill} says that the room
 * loses beyond what is taken, plus what its idle cards lose as a group and its shared card loses
 * for other shares, plus a price on kinds of nodes that choosy demand waits for, plus a little for
 * what stays free, so that equal rooms are filled one after the other. MIG slices and TPU slices
 * are ranked by {@link Tightest}. For one thread: it remembers values of rooms.
 */
public final class LeastLoss implements Ranking {
  /** Losses closer than this, in thousandths of a GPU, count as equal. */
  private static final int GRAIN = 5;

  private static final double SCARCE = 1000;
  private static final double SHARE_PRICE = 6;
  private static final double ALWAYS_FREE = 0.1;
  private static final double MOST_LOAD = 10;
  private static final double FREE_GPUS = 50;
  private static final double FREE_PROCESSOR = 50;
  private static final double FREE_PROCESSOR_FOR_PROCESSOR = 200;

  /** Above anything that a loss can be: crossing links, or a CPU flavor on a GPU node. */
  private static final long AVOID = 1L << 40;

  private final ModelBits bits = new ModelBits();
  private final Tightest exact = new Tightest();
  private final Scarcity scarcity;
  private final Fill fill;
  private final GroupValue groups;
  private final SharePrices prices;
  private final WholeNodes whole;
  private final NodeKinds kinds;
  private final double mostProcessor;
  private final double mostGpus;

  public LeastLoss(SupplyDemand supplyDemand) {
    scarcity = new Scarcity(supplyDemand, bits);
    fill = new Fill(Fill.sources(supplyDemand.mix(), bits));
    groups = new GroupValue(supplyDemand.mix(), bits);
    whole = new WholeNodes(supplyDemand, bits);
    kinds = new NodeKinds(bits, scarcity, whole);
    prices = new SharePrices(supplyDemand.mix(), bits);
    mostProcessor = largest(supplyDemand, SupplyDemand.Supply::cpuMilli);
    mostGpus = largest(supplyDemand, supply -> supply.cards().size());
  }

  /** At least 1: nodes that are larger may come before the supply is looked at again. */
  private static double largest(
      SupplyDemand supplyDemand, ToDoubleFunction<SupplyDemand.Supply> size) {
    return Math.max(1, supplyDemand.supplies().stream().mapToDouble(size).max().orElse(1));
  }

  @Override
  public NodeKind kind(Node node) {
    return kinds.of(node);
  }

  @Override
  public Demand demand(Shape shape) {
    return Demand.of(shape, bits, scarcity.unavoidable(shape, bits));
  }

  @Override
  public long cost(Room room, Demand demand) {
    if (demand.kind() == Demand.Kind.EXACT) {
      return exact.cost(room, demand);
    }
    if (!hosts(room, demand)) {
      return NONE;
    }
    return switch (demand.kind()) {
      case PROCESSOR -> processor(room, demand);
      case SHARE -> share(room, demand);
      case WHOLE -> whole(room, demand);
      case EXACT -> NONE;
    };
  }

  private static boolean hosts(Room room, Demand demand) {
    return room.ready && demand.cpuMilli() <= room.cpuMilli && demand.memoryMib() <= room.memoryMib;
  }

  private long processor(Room room, Demand demand) {
    long left = room.cpuMilli - demand.cpuMilli();
    double loss = worth(room) - worth(room, room.signature, left, -1, 0);
    double free = FREE_PROCESSOR_FOR_PROCESSOR * left / mostProcessor;
    double group = groups(room) - groups.of(room.idle, left);
    double drain = whole.cost(room.kind.wholePrice, room.placements, demand);
    return rounded(loss + group + drain + free) + (room.kind.accelerated ? AVOID : 0);
  }

  private long share(Room room, Demand demand) {
    long best = NONE;
    for (int i = 0; i < room.milli.length; i++) {
      best = room.offers(i, demand) ? Math.min(best, share(room, demand, i)) : best;
    }
    return best;
  }

  private long share(Room room, Demand demand, int card) {
    int left = room.milli[card] - demand.milli();
    long signature =
        room.signature
            - Signatures.card(room.kind.models[card], room.milli[card])
            + Signatures.card(room.kind.models[card], left);
    long cpu = room.cpuMilli - demand.cpuMilli();
    double loss = worth(room) - worth(room, signature, cpu, card, left);
    int broken = room.milli[card] == 1000 ? 1 : 0;
    long priced = (long) (SHARE_PRICE * prices.loss(room.milli[card], demand.milli()) / GRAIN);
    return rounded(loss + extra(room, demand, broken)) + priced;
  }

  private long whole(Room room, Demand demand) {
    long model = room.modelWith(demand.count(), demand.models());
    if (model == 0) {
      return NONE;
    }
    long change = Signatures.card(model, 0) - Signatures.card(model, 1000);
    long signature = room.signature + demand.count() * change;
    long cpu = room.cpuMilli - demand.cpuMilli();
    double after = worthWithout(room, signature, cpu, demand.count(), model);
    long links = room.kind.linked ? spread(room.node, demand) : 0;
    return rounded(worth(room) - after + extra(room, demand, demand.count())) + links * AVOID;
  }

  private static long spread(Node node, Demand demand) {
    return NodeFit.of(node, demand.shape()) instanceof Fit.Fits fits ? fits.score().spread() : 0;
  }

  /** Beside the fill that is lost: what is taken anyway, scarcity, and what stays free. */
  private double extra(Room room, Demand demand, int noLongerIdle) {
    long cpu = room.cpuMilli - demand.cpuMilli();
    double taken = demand.milliInAll();
    double beyond =
        Math.min(MOST_LOAD, room.kind.load)
            - Math.max(Math.min(MOST_LOAD, demand.unavoidable()), ALWAYS_FREE);
    double scarce = beyond > 0 ? SCARCE * beyond * taken / 1000 : 0;
    double free =
        FREE_PROCESSOR * cpu / mostProcessor
            + FREE_GPUS * (room.milliInAll - taken) / 1000 / mostGpus;
    double group = groups(room) - groups.of(room.idle - noLongerIdle, cpu);
    double drain = whole.cost(room.kind.wholePrice, room.placements, demand);
    return scarce + group + drain + free - taken;
  }

  private static long rounded(double loss) {
    return (long) Math.floor(loss / GRAIN + 0.5);
  }

  private double groups(Room room) {
    if (room.groups < 0) {
      room.groups = groups.of(room.idle, room.cpuMilli);
    }
    return room.groups;
  }

  private double worth(Room room) {
    if (room.worth < 0) {
      room.worth = worth(room, room.signature, room.cpuMilli, -1, 0);
    }
    return room.worth;
  }

  /** The value of the room with {@code left} on {@code card}, or as it is when that is -1. */
  private double worth(Room room, long signature, long cpu, int card, int left) {
    long key = Signatures.key(signature, cpu);
    int known = fill.known(key);
    if (known == Table.ABSENT) {
      int[] milli = room.milli.clone();
      if (card >= 0) {
        milli[card] = left;
      }
      known = fill.value(key, cpu, milli, room.kind.models);
    }
    return (double) known / Fill.SAMPLES;
  }

  private double worthWithout(Room room, long signature, long cpu, int count, long model) {
    long key = Signatures.key(signature, cpu);
    int known = fill.known(key);
    if (known == Table.ABSENT) {
      known = fill.value(key, cpu, room.without(count, model), room.kind.models);
    }
    return (double) known / Fill.SAMPLES;
  }

  @Override
  public Fit fit(Room room, Demand demand) {
    if (demand.kind() != Demand.Kind.SHARE || !hosts(room, demand)) {
      return NodeFit.of(room.node, demand.shape());
    }
    int best = -1;
    long least = NONE;
    for (int i = 0; i < room.milli.length; i++) {
      long cost = room.offers(i, demand) ? share(room, demand, i) : NONE;
      if (cost < least) {
        best = i;
        least = cost;
      }
    }
    return NodeFit.onCard(room.node, demand.shape(), best);
  }
}
