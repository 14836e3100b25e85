package dev.berth.scheduler.core.pack;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What it costs to keep a node from becoming empty, where demand for all cards of a node waits. A
 * node with few placements may soon be empty; a new one sets it back. The price of a kind is how
 * much such demand an empty node of it could serve, against the mean of all kinds that could.
 */
final class WholeNodes {
  /**
   * In thousandths of a GPU, on a node of mean price: where nodes can become empty this decides,
   * and all else between equals. Where nothing ends there is nothing to wait for.
   */
  private static final double WEIGHT = 30_000;

  /** The chance that one placement ends before it matters. */
  private static final double ENDS = 0.7;

  /** What the next placement sets back on a node with so many; beyond these it is nothing. */
  private static final double[] SET_BACK =
      IntStream.range(0, 256).mapToDouble(n -> (1 - ENDS) * Math.pow(ENDS, n)).toArray();

  private final Map<String, Double> byKind = new HashMap<>();
  private final int cards;
  private final double weight;

  WholeNodes(SupplyDemand supplyDemand, ModelBits bits) {
    weight = supplyDemand.turning() ? WEIGHT : 0;
    cards = supplyDemand.supplies().stream().mapToInt(s -> s.cards().size()).max().orElse(0);
    for (SupplyDemand.Supply kind : supplyDemand.supplies()) {
      byKind.put(SupplyDemand.kind(kind), value(kind, supplyDemand, bits));
    }
    double sum = 0;
    int nodes = 0;
    for (SupplyDemand.Supply kind : supplyDemand.supplies()) {
      double value = byKind.getOrDefault(SupplyDemand.kind(kind), 0.0);
      sum += value * kind.nodes();
      nodes += value > 0 ? kind.nodes() : 0;
    }
    double mean = nodes > 0 ? sum / nodes : 1;
    byKind.replaceAll((kind, value) -> value / mean);
  }

  private double value(SupplyDemand.Supply kind, SupplyDemand supplyDemand, ModelBits bits) {
    double value = 0;
    for (Mix.Entry entry : supplyDemand.mix().entries()) {
      Demand demand = Demand.of(entry.shape(), bits);
      if (takesAll(demand) && hosts(kind, demand)) {
        value += (double) entry.weight() / hosts(supplyDemand, demand);
      }
    }
    return value;
  }

  private int hosts(SupplyDemand supplyDemand, Demand demand) {
    return supplyDemand.supplies().stream()
        .filter(kind -> hosts(kind, demand))
        .mapToInt(SupplyDemand.Supply::nodes)
        .sum();
  }

  private boolean hosts(SupplyDemand.Supply kind, Demand demand) {
    return kind.cards().size() == cards && kind.cpuMilli() >= demand.cpuMilli();
  }

  private boolean takesAll(Demand demand) {
    return demand.kind() == Demand.Kind.WHOLE && cards > 1 && demand.count() == cards;
  }

  /** 0 where it makes no difference. */
  double price(SupplyDemand.Supply supply) {
    return weight == 0 ? 0 : byKind.getOrDefault(SupplyDemand.kind(supply), 0.0);
  }

  /** The cost of the demand on a node of this price with that many placements. */
  double cost(double price, int placements, Demand demand) {
    if (price == 0) {
      return 0;
    }
    double setBack = takesAll(demand) ? 1 : SET_BACK[Math.min(placements, SET_BACK.length - 1)];
    return weight * price * setBack;
  }
}
